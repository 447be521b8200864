package io.tocsin.delivery.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How it was before.
 *
 * @param from when looking began
 * @param to when it ended
 * @param lag the most that waited, by group and topic
 * @param letters ids of the unusable records that were known
 * @param lettersPerSecond how fast such came
 * @param refusals how many were left out, by kind
 * @param refusalsPerSecond how fast such came
 * @param incidents ids of the incidents that were open
 * @param instances what each instance said last
 */
public record Baseline(
    Instant from,
    Instant to,
    Map<String, Long> lag,
    Set<String> letters,
    double lettersPerSecond,
    Map<String, Long> refusals,
    double refusalsPerSecond,
    Set<String> incidents,
    Map<String, InstanceReading> instances) {

  public Baseline {
    lag = Map.copyOf(lag);
    letters = Set.copyOf(letters);
    refusals = Map.copyOf(refusals);
    incidents = Set.copyOf(incidents);
    instances = Map.copyOf(instances);
  }

  /**
   * Of what was seen, oldest first.
   *
   * @throws IllegalArgumentException if nothing was, or the pipeline never said how it is
   */
  public static Baseline of(List<Observation> seen) {
    List<PipelineReading.Known> known =
        seen.stream()
            .map(Observation::pipeline)
            .filter(PipelineReading.Known.class::isInstance)
            .map(PipelineReading.Known.class::cast)
            .toList();
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          seen.isEmpty() ? "nothing was seen" : whyNot(seen.get(seen.size() - 1)));
    }
    PipelineReading.Known last = known.get(known.size() - 1);
    Observation end = seen.get(seen.size() - 1);
    Instant from = seen.get(0).at();
    Map<String, Long> lag = new HashMap<>();
    known.forEach(reading -> reading.lag().forEach((of, waits) -> lag.merge(of, waits, Math::max)));
    Set<String> letters = new HashSet<>();
    known.forEach(reading -> reading.letters().forEach(letter -> letters.add(letter.id())));
    double seconds = Math.max(1, Duration.between(from, end.at()).toMillis() / 1e3);
    long refused = sum(last.refusals()) - sum(known.get(0).refusals());
    Set<String> incidents = new HashSet<>();
    last.incidents().forEach(incident -> incidents.add(incident.id()));
    return new Baseline(
        from,
        end.at(),
        lag,
        letters,
        pace(last, end.at()),
        last.refusals(),
        Math.max(0, refused) / seconds,
        incidents,
        end.instances());
  }

  private static String whyNot(Observation seen) {
    return ((PipelineReading.Silent) seen.pipeline()).why();
  }

  /**
   * Unusable records per second over the last ten minutes; where the list is cut off, over the time
   * that it covers.
   */
  private static double pace(PipelineReading.Known reading, Instant now) {
    Instant from = now.minus(Duration.ofMinutes(10));
    if (!reading.allLetters()) {
      Instant oldest = reading.letters().get(reading.letters().size() - 1).at();
      from = oldest.isAfter(from) ? oldest : from;
    }
    Instant since = from;
    long count = reading.letters().stream().filter(letter -> !letter.at().isBefore(since)).count();
    return count / Math.max(1, Duration.between(since, now).toMillis() / 1e3);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What was said of a version before; empty if the instance did not tell. */
  public String versionOf(String instance) {
    return instances.get(instance) instanceof InstanceReading.Answered answered
        ? answered.version()
        : "";
  }
}
