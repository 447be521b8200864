package io.tocsin.delivery;

import io.tocsin.delivery.signal.InstanceReading;
import io.tocsin.delivery.signal.Observation;
import io.tocsin.delivery.signal.PipelineReading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Instances that are told versions, and a clock that goes on only when somebody waits. */
final class World extends Clock implements Ground, Watch {

  /** A process that dies in the middle of things. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** How an instance and the pipeline do under a version, so long after it came. */
  interface Character {
    default boolean ready(Duration age) {
      return true;
    }

    default long lag(Duration age) {
      return 0;
    }

    default int letters(Duration age) {
      return 0;
    }
  }

  final Map<String, String> versions = new LinkedHashMap<>();
  final List<String> done = new ArrayList<>();
  final Map<String, Character> characters = new HashMap<>();
  BiFunction<String, String, Optional<String>> wrong = (target, version) -> Optional.empty();
  boolean apiAnswers = true;

  /** It crashes at the command or look of this number; never if negative. */
  int crashAt = -1;

  private final Map<String, Instant> since = new HashMap<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int deeds;

  World(List<String> targets, String version) {
    targets.forEach(target -> set(target, version));
  }

  private void set(String target, String version) {
    versions.put(target, version);
    since.put(target, now);
  }

  private void deed() {
    if (deeds++ == crashAt) {
      throw new Crash();
    }
  }

  @Override
  public Optional<String> put(RolloutPlan.Command command, String target, String version) {
    deed();
    done.add(target + " " + version);
    Optional<String> why = wrong.apply(target, version);
    if (why.isEmpty()) {
      set(target, version);
    }
    now = now.plusSeconds(1);
    deed();
    return why;
  }

  @Override
  public Observation look() {
    deed();
    Map<String, InstanceReading> instances = new HashMap<>();
    long lag = 0;
    List<PipelineReading.Letter> letters = new ArrayList<>();
    for (String target : versions.keySet()) {
      Duration age = Duration.between(since.get(target), now);
      Character character = characters.getOrDefault(versions.get(target), new Character() {});
      boolean ready = character.ready(age);
      instances.put(
          target,
          new InstanceReading.Answered(
              ready,
              ready ? "ready" : "starting",
              versions.get(target),
              since.get(target).getEpochSecond(),
              Map.of()));
      lag += character.lag(age);
      for (int i = 0; i < character.letters(age); i++) {
        letters.add(
            new PipelineReading.Letter(
                "samples/0/" + (letters.size() + i), "streams", "cannot be read", now));
      }
    }
    return new Observation(
        now,
        instances,
        apiAnswers
            ? new PipelineReading.Known(
                Map.of("tocsin-streams/samples", lag), letters, true, Map.of(), List.of())
            : new PipelineReading.Silent("nothing answers"));
  }

  @Override
  public void pause(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
