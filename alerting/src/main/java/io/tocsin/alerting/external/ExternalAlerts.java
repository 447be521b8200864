package io.tocsin.alerting.external;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.ExternalAlert;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an alert of another system says in our terms. Its name becomes the rule {@code
 * external.<alertname>}; its labels stay labels, and text.
 *
 * <p>The resource is the first of the labels {@code resource}, {@code endpoint}, {@code container},
 * {@code pod}, {@code instance}, {@code host} and {@code node} that has a value; a port behind it
 * is left out, and what does not fit a resource's name is written as {@code -}. The priority is
 * that of the label {@code priority} (P0 to P3); else, as those names are commonly used, {@code
 * severity} {@code critical} and {@code page} are P1, {@code error} and {@code high} P2, all others
 * P3. P0 is said by {@code priority} alone: another system does not know what makes ours
 * unavailable.
 */
public final class ExternalAlerts {

  /** What the names of their rules begin with. */
  public static final String RULE_PREFIX = "external.";

  private static final Pattern RESOURCE =
      Pattern.compile("(host|vm|container|endpoint|service)/[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
  private static final Pattern NOT_A_NAME = Pattern.compile("[^a-z0-9._-]+");
  private static final int LONGEST_NAME = 63;
  private static final int LONGEST_TEXT = 500;

  private static final Map<String, Priority> SEVERITIES =
      Map.of(
          "critical", Priority.P1,
          "page", Priority.P1,
          "error", Priority.P2,
          "high", Priority.P2);

  /** Labels that name a resource, and of which kind. */
  private static final List<Map.Entry<String, ResourceKind>> NAMES =
      List.of(
          Map.entry("endpoint", ResourceKind.ENDPOINT),
          Map.entry("container", ResourceKind.CONTAINER),
          Map.entry("pod", ResourceKind.CONTAINER),
          Map.entry("instance", ResourceKind.HOST),
          Map.entry("host", ResourceKind.HOST),
          Map.entry("node", ResourceKind.HOST),
          Map.entry("service", ResourceKind.SERVICE),
          Map.entry("job", ResourceKind.SERVICE));

  private ExternalAlerts() {}

  /**
   * The alert as one of ours.
   *
   * @param state FIRING or CLEARED
   * @param at event time of what brought this about
   */
  public static Alert of(ExternalAlert alert, AlertState state, Instant at) {
    Map<String, String> labels = alert.getLabels();
    String resource = resource(labels);
    String service = labels.get("service");
    return Alert.newBuilder()
        .setId(alert.getId())
        .setRule(RULE_PREFIX + name(labels.getOrDefault("alertname", "unnamed")))
        .setRuleVersion("external")
        .setSignal("external")
        .setLayer(layer(labels.get("layer")))
        .setResourceId(resource)
        .setKind(kind(resource))
        .setService(service == null || service.isBlank() ? null : name(service))
        .setTier(Tier.UNSPECIFIED)
        .setSeries(alert.getId())
        .setState(state)
        .setSince(alert.getStartsAt())
        .setAt(at)
        .setPriority(priority(labels))
        .setSummary(summary(alert))
        .setEvidence(evidence(alert))
        .setLabels(labels)
        .setRunbook(annotation(alert, "runbook_url", "runbook").orElse(null))
        .build();
  }

  private static String resource(Map<String, String> labels) {
    String own = labels.getOrDefault("resource", "");
    if (RESOURCE.matcher(own).matches()) {
      return own;
    }
    return NAMES.stream()
        .filter(entry -> !labels.getOrDefault(entry.getKey(), "").isBlank())
        .findFirst()
        .map(entry -> id(entry.getValue(), labels.get(entry.getKey())))
        .orElse("service/external");
  }

  private static String id(ResourceKind kind, String value) {
    return kind.name().toLowerCase(Locale.ROOT)
        + "/"
        + name(PORT.matcher(value.strip()).replaceFirst(""));
  }

  private static ResourceKind kind(String resource) {
    return ResourceKind.valueOf(
        resource.substring(0, resource.indexOf('/')).toUpperCase(Locale.ROOT));
  }

  private static String name(String text) {
    String name = NOT_A_NAME.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll("-");
    String cut = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    return cut.isEmpty() || !Character.isLetterOrDigit(cut.charAt(0)) ? "x" + cut : cut;
  }

  private static Layer layer(String text) {
    return Stream.of(Layer.values())
        .filter(layer -> layer.name().equalsIgnoreCase(text))
        .findFirst()
        .orElse(Layer.UNSPECIFIED);
  }

  private static Priority priority(Map<String, String> labels) {
    String own = labels.getOrDefault("priority", "").strip().toUpperCase(Locale.ROOT);
    return Stream.of(Priority.values())
        .filter(priority -> priority.name().equals(own))
        .findFirst()
        .orElseGet(
            () ->
                SEVERITIES.getOrDefault(
                    labels.getOrDefault("severity", "").strip().toLowerCase(Locale.ROOT),
                    Priority.P3));
  }

  private static String summary(ExternalAlert alert) {
    return annotation(alert, "summary", "message", "description")
        .orElseGet(() -> alert.getLabels().getOrDefault("alertname", "an alert without a name"));
  }

  private static List<String> evidence(ExternalAlert alert) {
    List<String> lines = new ArrayList<>();
    annotation(alert, "description").ifPresent(lines::add);
    if (!alert.getGeneratorUrl().isBlank()) {
      lines.add("sent by " + line(alert.getGeneratorUrl()));
    }
    return lines;
  }

  private static Optional<String> annotation(ExternalAlert alert, String... names) {
    return Stream.of(names)
        .map(name -> alert.getAnnotations().getOrDefault(name, ""))
        .filter(text -> !text.isBlank())
        .map(ExternalAlerts::line)
        .findFirst();
  }

  private static String line(String text) {
    String plain = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    return plain.length() <= LONGEST_TEXT ? plain : plain.substring(0, LONGEST_TEXT - 1) + "…";
  }
}
