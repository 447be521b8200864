package io.tocsin.alerting.healing.fleet;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What rules said last, by episode. Thread-safe. */
public final class Alarms {

  /** How long one that is over is remembered: longer than any plan or watch lasts. */
  private static final Duration CLEARED_FOR = Duration.ofDays(1);

  /** How long any other is: as long as its topic keeps it. */
  private static final Duration STANDING_FOR = Duration.ofDays(30);

  private final Map<String, Alarm> byId = new ConcurrentHashMap<>();

  /** Takes an alert in; false if a later word of its episode is known, or it is a shadow. */
  public boolean accept(Alert alert) {
    if (alert.getShadow()) {
      return false;
    }
    Alarm next = Alarm.of(alert);
    return byId.merge(
            next.id(), next, (known, later) -> later.at().isBefore(known.at()) ? known : later)
        == next;
  }

  /** The newest word of an episode. */
  public Optional<Alarm> of(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The newest episode of a rule on a resource. */
  public Optional<Alarm> newest(String rule, String resourceId) {
    return byId.values().stream()
        .filter(alarm -> alarm.rule().equals(rule) && alarm.resourceId().equals(resourceId))
        .max(Comparator.comparing(Alarm::since).thenComparing(Alarm::id));
  }

  /** Forgets what is long over. */
  public void forget(Instant now) {
    byId.values()
        .removeIf(
            alarm ->
                alarm
                    .at()
                    .plus(alarm.state() == AlertState.CLEARED ? CLEARED_FOR : STANDING_FOR)
                    .isBefore(now));
  }
}
