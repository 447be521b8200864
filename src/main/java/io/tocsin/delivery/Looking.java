package io.tocsin.delivery;

import io.tocsin.delivery.signal.Baseline;
import io.tocsin.delivery.signal.InstanceReading;
import io.tocsin.delivery.signal.Judge;
import io.tocsin.delivery.signal.Limits;
import io.tocsin.delivery.signal.Observation;
import io.tocsin.delivery.signal.Reason;
import io.tocsin.delivery.signal.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Looks again and again, until it is known how something fares. */
public final class Looking {

  /**
   * How it fares.
   *
   * @param reasons why not well; empty if it is
   * @param since the first of the bad looks that decided
   */
  public record Found(List<String> reasons, Instant since) {
    public Found {
      reasons = List.copyOf(reasons);
    }

    /** Whether nothing is wrong. */
    public boolean isWell() {
      return reasons.isEmpty();
    }
  }

  private final Watch watch;
  private final RolloutPlan.Checks checks;
  private final Limits limits;
  private final Clock clock;

  /** By what a plan says of looking. */
  public Looking(Watch watch, RolloutPlan.Checks checks, Limits limits, Clock clock) {
    this.watch = watch;
    this.checks = checks;
    this.limits = limits;
    this.clock = clock;
  }

  /** Looks for a time, and at least once. */
  public List<Observation> look(Duration time) throws InterruptedException {
    Instant until = clock.instant().plus(time);
    List<Observation> seen = new ArrayList<>();
    seen.add(watch.look());
    while (clock.instant().isBefore(until)) {
      watch.pause(checks.every());
      seen.add(watch.look());
    }
    return seen;
  }

  /** Until each of these instances is ready with its version, but not longer than it may take. */
  Found await(Map<String, String> versions) throws InterruptedException {
    Instant until = clock.instant().plus(checks.readyWithin());
    while (true) {
      Observation now = watch.look();
      List<String> lacking = new ArrayList<>();
      new TreeMap<>(versions)
          .forEach(
              (name, version) -> {
                InstanceReading reading = now.instances().get(name);
                Optional<String> lacks =
                    reading == null ? Optional.empty() : reading.lacks(version);
                lacks.ifPresent(why -> lacking.add(name + ": " + why));
              });
      Instant at = clock.instant();
      if (lacking.isEmpty()) {
        return new Found(List.of(), at);
      }
      if (!at.isBefore(until)) {
        return new Found(
            lacking.stream()
                .map(why -> why + ", " + checks.readyWithin().toSeconds() + " s after")
                .toList(),
            at);
      }
      watch.pause(checks.every());
    }
  }

  /**
   * For a time, and beyond it for as long as something may still settle.
   *
   * @param versions what each instance should have
   * @param told of each verdict that is not as the one before
   */
  public Found bake(
      Baseline before, Map<String, String> versions, Duration time, Consumer<Verdict> told)
      throws InterruptedException {
    Judge judge = new Judge(before, limits);
    Instant begun = clock.instant();
    Instant well = begun.plus(time);
    Instant settled = well.plus(checks.readyWithin());
    List<Observation> seen = new ArrayList<>();
    Verdict last = new Verdict.Well();
    Instant badSince = null;
    int bad = 0;
    while (true) {
      seen.add(watch.look());
      Verdict now = judge.judge(versions, seen);
      if (!now.equals(last)) {
        told.accept(now);
      }
      last = now;
      Instant at = clock.instant();
      if (now instanceof Verdict.Unwell) {
        badSince = bad++ == 0 ? at : badSince;
        if (bad >= checks.tolerate()) {
          return new Found(texts(now), badSince);
        }
      } else {
        bad = 0;
        if (now instanceof Verdict.Well && !at.isBefore(well)) {
          return new Found(List.of(), at);
        }
        if (!at.isBefore(settled)) {
          return new Found(texts(now), at);
        }
      }
      watch.pause(checks.every());
    }
  }

  private static List<String> texts(Verdict verdict) {
    return verdict.reasons().stream().map(Reason::toString).toList();
  }
}
