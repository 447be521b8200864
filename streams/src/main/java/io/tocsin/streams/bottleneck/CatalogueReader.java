package io.tocsin.streams.bottleneck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.streams.bottleneck.TuningCondition.Comparison;
import io.tocsin.streams.window.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a tuning catalogue and says all that is wrong with it: file, entry, key. */
final class CatalogueReader {

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private static final Set<String> KEYS =
      Set.of(
          "id", "kind", "applies-to", "when", "title", "command", "placeholders", "risk", "source");

  private static final Set<String> CONDITION_KEYS = Set.of("metric", "op", "value");
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z][a-z0-9-]*)>");
  private static final int LONGEST_TEXT = 500;

  private final String file;
  private final List<String> problems = new ArrayList<>();
  private String entryName = "";

  private CatalogueReader(String file) {
    this.file = file;
  }

  /**
   * The entries in the order of the file.
   *
   * @throws CatalogueException with every problem
   */
  static List<TuningEntry> read(String file, String text) throws CatalogueException {
    return new CatalogueReader(file).read(text);
  }

  private List<TuningEntry> read(String text) throws CatalogueException {
    List<TuningEntry> entries = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    JsonNode root = parse(text);
    if (!root.isArray()) {
      throw new CatalogueException(List.of(file + ": has to be a list of entries"));
    }
    for (int i = 0; i < root.size(); i++) {
      JsonNode node = root.get(i);
      String id = node.path("id").asText();
      entryName = "entry " + (i + 1) + (id.isEmpty() ? "" : " (" + id + ")");
      TuningEntry entry = entry(node);
      if (!id.isEmpty() && !ids.add(id)) {
        problem("id", "is used twice");
      }
      entries.add(entry);
    }
    if (!problems.isEmpty()) {
      throw new CatalogueException(problems);
    }
    return entries;
  }

  private JsonNode parse(String text) throws CatalogueException {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException notYaml) {
      String where = notYaml.getLocation() == null ? "" : ":" + notYaml.getLocation().getLineNr();
      String what = notYaml.getOriginalMessage().lines().findFirst().orElse("");
      throw new CatalogueException(List.of(file + where + ": is not YAML: " + what));
    }
  }

  private TuningEntry entry(JsonNode node) {
    onlyKeys(node, KEYS, "");
    String id = text(node, "id", true);
    if (!id.isEmpty() && !ID.matcher(id).matches()) {
      problem("id", "has to be of a-z, 0-9 and hyphens");
    }
    String command = text(node, "command", false);
    return new TuningEntry(
        id,
        word(node.path("kind"), "kind", BottleneckKind.class, Episodes.KINDS),
        appliesTo(node.path("applies-to")),
        conditions(node.path("when")),
        text(node, "title", true),
        command,
        placeholders(node.path("placeholders"), command),
        text(node, "risk", true),
        text(node, "source", true));
  }

  private Set<ResourceKind> appliesTo(JsonNode node) {
    Set<ResourceKind> kinds = EnumSet.noneOf(ResourceKind.class);
    if (!node.isArray() || node.isEmpty()) {
      problem("applies-to", "has to list one of host, vm, container, or more");
    }
    List<ResourceKind> known = List.of(ResourceKind.HOST, ResourceKind.VM, ResourceKind.CONTAINER);
    for (JsonNode kind : node) {
      ResourceKind resource = word(kind, "applies-to", ResourceKind.class, known);
      if (resource != null) {
        kinds.add(resource);
      }
    }
    return kinds;
  }

  private List<TuningCondition> conditions(JsonNode node) {
    List<TuningCondition> conditions = new ArrayList<>();
    if (!node.isMissingNode() && !node.isArray()) {
      problem("when", "has to be a list of conditions");
    }
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      String key = "when[" + i + "]";
      JsonNode condition = node.get(i);
      onlyKeys(condition, CONDITION_KEYS, key + ".");
      Metric metric =
          word(condition.path("metric"), key + ".metric", Metric.class, List.of(Metric.values()));
      Comparison op = comparison(condition.path("op"), key + ".op");
      JsonNode value = condition.path("value");
      if (!value.isNumber()) {
        problem(key + ".value", "has to be a number");
      }
      if (metric != null && op != null) {
        conditions.add(new TuningCondition(metric, op, value.asDouble()));
      }
    }
    return List.copyOf(conditions);
  }

  private Comparison comparison(JsonNode node, String key) {
    for (Comparison comparison : Comparison.values()) {
      if (comparison.symbol().equals(node.asText())) {
        return comparison;
      }
    }
    problem(key, "is not one of >=, >, <=, <");
    return null;
  }

  /** Each placeholder of the command is explained, and nothing else. */
  private Map<String, String> placeholders(JsonNode node, String command) {
    Map<String, String> explained = new TreeMap<>();
    if (!node.isMissingNode() && !node.isObject()) {
      problem("placeholders", "has to give each placeholder of the command a meaning");
    }
    node.properties()
        .forEach(
            property -> {
              explained.put(property.getKey(), property.getValue().asText());
              if (property.getValue().asText().isBlank()) {
                problem("placeholders." + property.getKey(), "has no meaning");
              }
            });
    Set<String> used = new LinkedHashSet<>();
    Matcher matcher = PLACEHOLDER.matcher(command);
    while (matcher.find()) {
      used.add(matcher.group(1));
    }
    used.stream()
        .filter(name -> !explained.containsKey(name))
        .forEach(name -> problem("placeholders", "does not explain <" + name + ">"));
    explained.keySet().stream()
        .filter(name -> !used.contains(name))
        .forEach(name -> problem("placeholders." + name, "is not in the command"));
    return Map.copyOf(explained);
  }

  private String text(JsonNode node, String key, boolean isNeeded) {
    JsonNode text = node.path(key);
    if (isNeeded && text.asText().isBlank()) {
      problem(key, "is missing");
    } else if (!text.isMissingNode() && !text.isTextual()) {
      problem(key, "has to be text");
    } else if (text.asText().length() > LONGEST_TEXT
        || text.asText().chars().anyMatch(Character::isISOControl)) {
      problem(key, "has to be one line of up to " + LONGEST_TEXT + " characters");
    }
    return text.asText();
  }

  private <E extends Enum<E>> E word(JsonNode node, String key, Class<E> type, List<E> known) {
    for (E constant : known) {
      if (key(constant).equals(node.asText())) {
        return constant;
      }
    }
    problem(
        key,
        (node.isMissingNode() ? "is missing" : node.asText() + " is not known")
            + "; known are "
            + String.join(", ", known.stream().map(CatalogueReader::key).toList()));
    return null;
  }

  private static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void onlyKeys(JsonNode node, Set<String> known, String prefix) {
    if (!node.isObject()) {
      problem(prefix, "has to have the keys " + String.join(", ", sorted(known)));
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                problem(prefix + name, "unknown key; known are " + sorted(known));
              }
            });
  }

  private static List<String> sorted(Set<String> words) {
    String[] array = words.toArray(new String[0]);
    Arrays.sort(array);
    return List.of(array);
  }

  private void problem(String key, String message) {
    problems.add(file + ": " + entryName + (key.isEmpty() ? "" : ": " + key) + ": " + message);
  }
}
