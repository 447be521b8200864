package io.tocsin.alerting.notify.route;

import io.tocsin.alerting.glob.Glob;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Notification;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What routes may ask of a notification and its incident. Words of a fixed set are compared without
 * regard to case, with {@code -} for {@code _}; everything else as it is. What is not known is
 * empty text, which only {@code *} matches.
 */
final class RouteFields {

  private static final String LABEL = "label.";

  private static final Map<String, Function<Incident, String>> OF_INCIDENT =
      Map.of(
          "rule", Incident::getRule,
          "resource", Incident::getResourceId,
          "service", incident -> incident.getService() == null ? "" : incident.getService(),
          "tier", incident -> word(incident.getTier()),
          "layer", incident -> word(incident.getLayer()));

  private static final Map<String, Function<Notification, String>> OF_NOTIFICATION =
      Map.of(
          "priority", notification -> word(notification.getPriority()),
          "kind", notification -> word(notification.getKind()),
          "level", notification -> Integer.toString(notification.getLevel()));

  private static final Set<String> WORDS = Set.of("tier", "layer", "priority", "kind");

  private RouteFields() {}

  /** The fields in the order in which people think of them, for messages. */
  static String names() {
    return "rule, resource, service, tier, layer, priority, kind, level, label.<name>";
  }

  static boolean isKnown(String field) {
    return OF_INCIDENT.containsKey(field)
        || OF_NOTIFICATION.containsKey(field)
        || field.startsWith(LABEL) && field.length() > LABEL.length();
  }

  /** The alternatives of a pattern. */
  static List<String> alternatives(String field, String pattern) {
    return Arrays.stream(pattern.split(","))
        .map(String::strip)
        .map(one -> WORDS.contains(field) ? one.toLowerCase(Locale.ROOT).replace('_', '-') : one)
        .filter(one -> !one.isEmpty())
        .toList();
  }

  static boolean matches(
      Map<String, String> match, Notification notification, Optional<Incident> incident) {
    return match.entrySet().stream()
        .allMatch(
            wish ->
                Glob.any(
                    alternatives(wish.getKey(), wish.getValue()),
                    value(wish.getKey(), notification, incident)));
  }

  private static String value(
      String field, Notification notification, Optional<Incident> incident) {
    if (field.startsWith(LABEL)) {
      Map<String, String> labels = new HashMap<>();
      incident.ifPresent(known -> labels.putAll(known.getLabels()));
      labels.putAll(notification.getLabels());
      return labels.getOrDefault(field.substring(LABEL.length()), "");
    }
    Function<Notification, String> direct = OF_NOTIFICATION.get(field);
    if (direct != null) {
      return direct.apply(notification);
    }
    Function<Incident, String> known = OF_INCIDENT.get(field);
    return known == null ? "" : incident.map(known).orElse("");
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
