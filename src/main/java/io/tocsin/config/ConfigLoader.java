package io.tocsin.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.serialization.NodeReader;
import io.tocsin.alerting.healing.execute.ExecutorKinds;
import io.tocsin.alerting.notify.channel.ChannelKinds;
import io.tocsin.alerting.rules.RuleReading;
import io.tocsin.collectors.Collector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a configuration file. All problems are found before any is reported: first those of form,
 * by the JSON schema, then those of sense, by {@link ConfigRules}.
 */
public final class ConfigLoader {

  /** Where the schemas of plug-ins stand: beside these, in a folder of the plug-in's name. */
  private static final Map<String, Class<?>> FOLDERS =
      Map.of(
          "https://tocsin.io/schema/collectors/", Collector.class,
          "https://tocsin.io/schema/executors/", ExecutorKinds.class,
          "https://tocsin.io/schema/channels/", ChannelKinds.class);

  /** How the patterns of durations end; they bound the digits before it differently. */
  private static final String DURATION = "(ms|s|m|h|d)$";

  private static final ObjectMapper PLAIN =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addDeserializer(Duration.class, new DurationText())
                  .setDeserializerModifier(new EnumWords()))
          .build();

  /** The location-aware reader says of bad syntax only that it is bad; this one says where. */
  private static final ObjectMapper SYNTAX =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private final boolean readsRules;
  private final EnvironmentValues environment;
  private final ObjectMapper mapper;
  private final NodeReader reader = NodeReader.builder().locationAware().build();
  private final Schema schema = schema();

  /** For whoever runs all of the pipeline, or alerting. */
  public ConfigLoader() {
    this(true, System::getenv);
  }

  private ConfigLoader(boolean readsRules, Function<String, String> environment) {
    this.readsRules = readsRules;
    this.environment = new EnvironmentValues(environment);
    this.mapper = readsRules ? withPlugIns() : PLAIN;
  }

  /**
   * For an agent, which has no use for rules and not the memory to compile them, and leaves healing
   * and notifications to others.
   */
  public static ConfigLoader ofAgent() {
    return new ConfigLoader(false, System::getenv);
  }

  /**
   * For whoever asks whether a file can be used elsewhere.
   *
   * @param environment what variables there hold; null for one that is not set
   */
  public static ConfigLoader inEnvironment(Function<String, String> environment) {
    return new ConfigLoader(true, environment);
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException with every problem of the file
   */
  public Config load(Path file) throws ConfigException {
    ConfigTree tree = parse(file);
    if (!readsRules) {
      tree = tree.without("healing", "notifications", "server");
    }
    List<ConfigProblem> problems = new ArrayList<>();
    environment.putInto(tree, problems);
    for (Error error : schema.validate(tree.root())) {
      // What each alternative of a choice lacks is said once, of the choice.
      if (!error.getEvaluationPath().toString().matches(".*/oneOf/.+")) {
        problems.add(tree.problem(pointerTo(error), sentence(error)));
      }
    }
    if (problems.isEmpty()) {
      problems.addAll(new ConfigSections(mapper).problems(tree));
    }
    if (problems.isEmpty()) {
      Config config = bind(tree).withRuleSource(RuleLines.of(file, tree.root()));
      problems.addAll(new ConfigRules(tree).check(config));
      if (readsRules) {
        new NotificationRules(tree, problems).check(config.notifications());
      }
      if (readsRules) {
        RuleReading rules = RuleSources.read(config);
        problems.addAll(RuleSources.asConfigProblems(rules));
        problems.addAll(HealingRules.ofRules(config.healing(), rules.rules()));
      }
      if (problems.isEmpty()) {
        return config;
      }
    }
    boolean knowsRules = problems.stream().anyMatch(each -> each.key().startsWith("rules"));
    if (readsRules && !knowsRules) {
      problems.addAll(RuleSources.problemsOf(RuleLines.of(file, tree.root())));
    }
    problems.sort(Comparator.comparingInt(ConfigProblem::line).thenComparing(ConfigProblem::key));
    throw new ConfigException(problems);
  }

  /** A file as it stands, before anything is asked of it. */
  ConfigTree parse(Path file) throws ConfigException {
    String name = file.toString();
    try {
      String text = Files.readString(file);
      SYNTAX.readTree(text);
      JsonNode root = reader.readTree(text, InputFormat.YAML);
      if (root == null || root.isMissingNode() || root.isNull()) {
        throw new ConfigException(
            List.of(new ConfigProblem(name, 0, 0, "", "is empty; write at least one key")));
      }
      return new ConfigTree(name, root);
    } catch (NoSuchFileException missing) {
      throw new ConfigException(
          List.of(new ConfigProblem(name, 0, 0, "", "there is no such file")));
    } catch (JsonProcessingException notYaml) {
      JsonLocation at = notYaml.getLocation();
      String message =
          notYaml
              .getOriginalMessage()
              .lines()
              .filter(line -> !line.startsWith(" "))
              .collect(Collectors.joining(", ", "is not YAML: ", ""));
      throw new ConfigException(
          List.of(
              new ConfigProblem(
                  name,
                  at == null ? 0 : at.getLineNr(),
                  at == null ? 0 : at.getColumnNr(),
                  "",
                  message)));
    } catch (CharacterCodingException notText) {
      throw new ConfigException(List.of(new ConfigProblem(name, 0, 0, "", "is not text in UTF-8")));
    } catch (IOException unreadable) {
      throw new ConfigException(
          List.of(new ConfigProblem(name, 0, 0, "", "cannot be read: " + unreadable.getMessage())));
    }
  }

  private Config bind(ConfigTree tree) {
    try {
      return mapper.treeToValue(tree.root(), Config.class);
    } catch (JsonProcessingException disagree) {
      throw new IllegalStateException("the JSON schema accepts what Config does not", disagree);
    }
  }

  /** For a key too many or too few, the place is that of the key, not of the object around it. */
  static String pointerTo(Error error) {
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      Object step = error.getInstanceLocation().getElement(i);
      pointer.append('/').append(ConfigTree.step(step.toString()));
    }
    if (error.getProperty() != null) {
      pointer.append('/').append(ConfigTree.step(error.getProperty()));
    }
    return pointer.toString();
  }

  /** What is wrong, and what would be right. */
  static String sentence(Error error) {
    return switch (error.getKeyword()) {
      case "additionalProperties" -> "unknown key; remove it or correct its spelling";
      case "required" -> "is missing";
      case "oneOf" -> oneOf(error.getSchemaNode());
      case "enum" -> "is not one of " + error.getSchemaNode();
      case "pattern" -> notOfForm(error);
      default -> error.getMessage();
    };
  }

  /** What the alternatives of a choice require. */
  private static String oneOf(JsonNode choice) {
    List<String> keys = new ArrayList<>();
    choice.forEach(one -> one.path("required").forEach(key -> keys.add(key.asText())));
    return keys.isEmpty()
        ? "has none of the forms that it may have; see deploy/tocsin.yaml"
        : "needs exactly one of " + String.join(", ", keys);
  }

  private static String notOfForm(Error error) {
    String rule = error.getSchemaLocation().toString();
    if (error.getSchemaNode().asText().endsWith(DURATION)) {
      return "is not a duration; write 500ms, 2s, 5m, 1h or 7d";
    }
    if (rule.contains("/$defs/name")) {
      return "is not a name; use up to 63 of a-z, 0-9, dot, underscore and hyphen, letter or digit first";
    }
    if (rule.contains("/$defs/machine")) {
      return "is not a host name or an IPv4 address";
    }
    if (rule.contains("/$defs/resource")) {
      return "is not a resource id; write <kind>/<name>, such as endpoint/shop";
    }
    return error.getMessage();
  }

  /** The schema of the program, and those that stand beside the collectors that they speak of. */
  private static Schema schema() {
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(ConfigLoader::ofPlugIn))
        .getSchema(resource(Config.class, "tocsin.schema.json"));
  }

  /** An agent has neither executors nor channels, nor the libraries that these need. */
  private static ObjectMapper withPlugIns() {
    ObjectMapper all = PLAIN.copy();
    all.registerSubtypes(executors());
    all.registerSubtypes(channels());
    return all;
  }

  private static NamedType[] executors() {
    return ExecutorKinds.all().entrySet().stream()
        .map(kind -> new NamedType(kind.getValue(), kind.getKey()))
        .toArray(NamedType[]::new);
  }

  private static NamedType[] channels() {
    return ChannelKinds.all().entrySet().stream()
        .map(kind -> new NamedType(kind.getValue(), kind.getKey()))
        .toArray(NamedType[]::new);
  }

  private static String ofPlugIn(String id) {
    for (Map.Entry<String, Class<?>> folder : FOLDERS.entrySet()) {
      if (id.startsWith(folder.getKey())) {
        String name = id.substring(folder.getKey().length(), id.length() - ".json".length());
        return resource(folder.getValue(), name + "/config.schema.json");
      }
    }
    return null;
  }

  /** A text of the program's own. */
  static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
