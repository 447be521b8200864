package io.tocsin.alerting.replay.trace;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares alarms with labels. There is no point adjustment: an alarm counts where it stands. Kim
 * et al., "Towards a Rigorous Evaluation of Time-Series Anomaly Detection", AAAI 2022, show that
 * with point adjustment random alarms look excellent.
 */
public final class Scorer {

  private static final String NONE = "none";

  private final List<Label> labels;
  private final Map<String, Watched> watched = new HashMap<>();
  private final Duration grace;

  /**
   * A scorer.
   *
   * @param labels what was wrong; those of resources that are not watched are left out
   * @param watched the resources and how long each was judged
   * @param grace how long after a label's end an alarm still hits
   */
  public Scorer(List<Label> labels, List<Watched> watched, Duration grace) {
    watched.forEach(span -> this.watched.put(span.resource(), span));
    this.labels = labels.stream().filter(label -> counts(label.resource(), label.to())).toList();
    this.grace = grace;
  }

  /** Scores alarms; those of resources that are not watched are left out. */
  public Score score(List<Alarm> alarms) {
    List<Alarm> counted =
        alarms.stream()
            .filter(alarm -> counts(alarm.resource(), alarm.at()))
            .sorted(Comparator.comparing(Alarm::at))
            .toList();
    List<Duration> delays = new ArrayList<>();
    Map<String, Map<String, Integer>> confusion = new TreeMap<>();
    for (Label label : labels) {
      Optional<Alarm> first = counted.stream().filter(alarm -> isInside(alarm, label)).findFirst();
      first.ifPresent(alarm -> delays.add(Duration.between(label.from(), alarm.at())));
      confusion
          .computeIfAbsent(label.kind(), kind -> new TreeMap<>())
          .merge(first.map(Alarm::kind).orElse(NONE), 1, Integer::sum);
    }
    Set<String> trueHours = new HashSet<>();
    Set<String> falseHours = new HashSet<>();
    int falseAlarms = 0;
    for (Alarm alarm : counted) {
      Instant hour = alarm.at().truncatedTo(ChronoUnit.HOURS);
      boolean isTrue = labels.stream().anyMatch(label -> isInside(alarm, label));
      (isTrue ? trueHours : falseHours).add(alarm.resource() + " " + hour);
      falseAlarms += isTrue ? 0 : 1;
    }
    double days = watched.values().stream().mapToDouble(Watched::days).sum();
    return new Score(
        labels.size(),
        delays.size(),
        delays,
        counted.size(),
        falseAlarms,
        trueHours.size(),
        falseHours.size(),
        days,
        confusion);
  }

  private boolean counts(String resource, Instant at) {
    Watched span = watched.get(resource);
    return span != null && !at.isBefore(span.from());
  }

  private boolean isInside(Alarm alarm, Label label) {
    return alarm.resource().equals(label.resource())
        && !alarm.at().isBefore(label.from())
        && !alarm.at().isAfter(label.to().plus(grace));
  }
}
