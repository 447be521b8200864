package io.tocsin.alerting.incidents;

import io.tocsin.alerting.glob.Glob;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.Silence;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What silences look at, by the names of its fields.
 *
 * @param fields values by name; one that is not known is missing and matches as the empty text
 */
public record Subject(Map<String, String> fields) {

  static final String LABEL = "label.";

  static final Set<String> FIELDS =
      Set.of("rule", "resource", "service", "kind", "tier", "layer", "signal", "priority");

  /** An incident, with the alert that is its cause. */
  static Subject of(Incident incident, Alert cause) {
    Map<String, String> fields = new HashMap<>(of(incident).fields());
    put(fields, "kind", word(cause.getKind()));
    put(fields, "signal", cause.getSignal());
    return new Subject(fields);
  }

  /** An incident alone: its kind is taken from the resource's id, its signal is not known. */
  static Subject of(Incident incident) {
    Map<String, String> fields = new HashMap<>();
    String resource = incident.getResourceId();
    put(fields, "rule", incident.getRule());
    put(fields, "resource", resource);
    put(fields, "kind", resource.substring(0, Math.max(0, resource.indexOf('/'))));
    put(fields, "service", incident.getService());
    put(fields, "tier", word(incident.getTier()));
    put(fields, "layer", word(incident.getLayer()));
    put(fields, "priority", word(incident.getPriority()));
    incident.getLabels().forEach((name, value) -> put(fields, LABEL + name, value));
    return new Subject(fields);
  }

  /** An alert alone. */
  static Subject of(Alert alert) {
    Map<String, String> fields = new HashMap<>();
    put(fields, "rule", alert.getRule());
    put(fields, "resource", Member.resourceId(alert));
    put(fields, "service", alert.getService());
    put(fields, "kind", word(alert.getKind()));
    put(fields, "tier", word(alert.getTier()));
    put(fields, "layer", word(alert.getLayer()));
    put(fields, "signal", alert.getSignal());
    put(fields, "priority", alert.getPriority() == null ? null : word(alert.getPriority()));
    alert.getLabels().forEach((name, value) -> put(fields, LABEL + name, value));
    return new Subject(fields);
  }

  private static void put(Map<String, String> fields, String name, String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Whether all matchers of a silence match. Capitals count in ids and labels only. */
  public boolean matches(Silence silence) {
    return silence.getMatchers().stream().allMatch(this::matches);
  }

  private boolean matches(Matcher matcher) {
    String value = fields.getOrDefault(matcher.getField(), "");
    boolean isWord =
        Set.of("kind", "tier", "layer", "signal", "priority").contains(matcher.getField());
    String glob = isWord ? matcher.getGlob().toLowerCase(Locale.ROOT) : matcher.getGlob();
    return new Glob(glob).matches(value) != matcher.getNegated();
  }
}
