package io.tocsin.delivery.signal;

import io.tocsin.delivery.signal.InstanceReading.Answered;
import io.tocsin.delivery.signal.InstanceReading.Silent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What instances say of themselves. */
final class InstanceChecks {

  private final Baseline before;
  private final Limits limits;

  InstanceChecks(Baseline before, Limits limits) {
    this.before = before;
    this.limits = limits;
  }

  List<Reason> check(Map<String, String> versions, List<Observation> seen) {
    Observation now = seen.get(seen.size() - 1);
    List<Reason> reasons = new ArrayList<>();
    new TreeMap<>(now.instances())
        .forEach(
            (name, reading) -> {
              String wanted = versions.get(name);
              if (wanted == null && !wasWell(name)) {
                return; // it is not what is being changed, and was like this before
              }
              if (reading instanceof Silent silent) {
                reasons.add(Reason.wrong(Signal.READINESS, name, silent.why()));
              } else if (reading instanceof Answered answered) {
                answered(name, wanted, answered, seen, reasons);
              }
            });
    return reasons;
  }

  private boolean wasWell(String name) {
    return before.instances().get(name) instanceof Answered answered && answered.ready();
  }

  private void answered(
      String name, String wanted, Answered now, List<Observation> seen, List<Reason> reasons) {
    if (!now.ready()) {
      reasons.add(Reason.wrong(Signal.READINESS, name, "is not ready: " + now.says()));
    }
    if (wanted != null && !now.version().equals(wanted)) {
      reasons.add(
          Reason.wrong(
              Signal.VERSION,
              name,
              "runs "
                  + (now.version().isEmpty() ? "a version that it does not tell" : now.version())
                  + ", not "
                  + wanted));
    }
    if (hasStartedAgain(name, now, seen)) {
      reasons.add(Reason.wrong(Signal.RESTART, name, "has started again by itself"));
    }
    Instant at = seen.get(seen.size() - 1).at();
    new TreeMap<>(now.troubles())
        .forEach(
            (counter, count) -> {
              double since = count - countedBefore(name, now, counter);
              if (since > limits.troubles() + Judge.pace(pace(name, counter), since(now, at))) {
                reasons.add(
                    Reason.wrong(
                        Signal.ERRORS, name, "%s counts %.0f since".formatted(counter, since)));
              }
            });
  }

  private static boolean hasStartedAgain(String name, Answered now, List<Observation> seen) {
    return now.startedAt() != 0
        && seen.stream()
            .map(each -> each.instances().get(name))
            .anyMatch(
                each ->
                    each instanceof Answered earlier
                        && earlier.startedAt() != 0
                        && earlier.startedAt() != now.startedAt());
  }

  /** A process that has started since counts from nothing. */
  private double countedBefore(String name, Answered now, String counter) {
    return before.instances().get(name) instanceof Answered earlier
            && earlier.startedAt() == now.startedAt()
        ? earlier.troubles().getOrDefault(counter, 0.0)
        : 0;
  }

  private Duration since(Answered now, Instant at) {
    Instant started = Instant.ofEpochSecond(now.startedAt());
    return Duration.between(started.isAfter(before.to()) ? started : before.to(), at);
  }

  /** How fast the instance counted before. */
  private double pace(String name, String counter) {
    if (!(before.instances().get(name) instanceof Answered earlier) || earlier.startedAt() == 0) {
      return 0;
    }
    long seconds = before.to().getEpochSecond() - earlier.startedAt();
    return earlier.troubles().getOrDefault(counter, 0.0) / Math.max(1, seconds);
  }
}
