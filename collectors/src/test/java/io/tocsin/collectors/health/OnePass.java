package io.tocsin.collectors.health;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What one pass of a check gave.
 *
 * @param probe its one probe
 * @param problems what kept it from measuring
 */
record OnePass(Probe probe, List<Problem> problems) {

  static final Duration TIMEOUT = Duration.ofMillis(400);
  static final Duration PATIENCE = Duration.ofSeconds(15);

  /** One attempt, no retry. */
  static HealthCheck check(Target target) {
    return new HealthCheck(
        "shop", "shop", null, target, Duration.ofSeconds(2), TIMEOUT, 0, null, null, null);
  }

  /** With more time than a busy machine may need, for what is not about time. */
  static HealthCheck patient(Target target) {
    return new HealthCheck("shop", "shop", null, target, Duration.ofMinutes(1), PATIENCE, 0, null);
  }

  /** With little time for its first pass and a lot for the others, which are to find it well. */
  static Collector atFirstImpatient(Target target, Attempt attempt) {
    Attempt calmer =
        new Attempt() {
          private boolean again;

          @Override
          public Verdict make(Duration patience) throws InterruptedException {
            Duration given = again ? PATIENCE : patience;
            again = true;
            return attempt.make(given);
          }

          @Override
          public void close() {
            attempt.close();
          }
        };
    return new HealthCollector(check(target), calmer, Clock.systemUTC(), System::nanoTime);
  }

  static Collector collector(HealthCheck check) {
    return new HealthChecks(Clock.systemUTC()).collector(check);
  }

  static OnePass of(Target target) throws Exception {
    try (Collector collector = collector(patient(target))) {
      return of(collector);
    }
  }

  static OnePass impatiently(Target target) throws Exception {
    try (Collector collector = collector(check(target))) {
      return of(collector);
    }
  }

  static OnePass of(Collector collector) throws Exception {
    Reading reading = collector.collect();
    return new OnePass(
        reading.probes().get(0).setOrigin(Examples.origin(0)).build(), reading.problems());
  }

  Health health() {
    return probe.getHealth();
  }

  /** Health and evidence in one line. */
  String told() {
    return probe.getHealth() + " " + probe.getEvidence();
  }

  List<Problem.Reason> reasons() {
    return problems.stream().map(Problem::reason).toList();
  }
}
