package io.tocsin.collectors.network;

import io.tocsin.collectors.Problem;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.PathStatistics;
import io.tocsin.schemas.Phases;
import java.util.List;

/**
 * What one pass over a path came to.
 *
 * @param health UP, DOWN, or UNKNOWN where it could not be measured
 * @param evidence why, in words
 * @param latencyUs how long an answer took; null without one
 * @param attempts attempts made
 * @param path figures of the burst; null without one
 * @param phases where the time went; null where it was not split
 * @param certificateDaysLeft days until a certificate expires; null without TLS
 * @param problems what could not be read
 */
record Outcome(
    Health health,
    String evidence,
    Long latencyUs,
    int attempts,
    PathStatistics path,
    Phases phases,
    Double certificateDaysLeft,
    List<Problem> problems) {

  private static final int LONGEST = 256;

  Outcome {
    // Some of it may be the peer's own words.
    String shown = evidence.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
    evidence = shown.substring(0, Math.min(LONGEST, shown.length()));
  }

  static Outcome of(Health health, String evidence) {
    return new Outcome(health, evidence, null, 1, null, null, null, List.of());
  }

  static Outcome up(String evidence) {
    return of(Health.UP, evidence);
  }

  static Outcome down(String evidence) {
    return of(Health.DOWN, evidence);
  }

  static Outcome unknown(String evidence) {
    return of(Health.UNKNOWN, evidence);
  }

  Outcome latency(Long us) {
    return new Outcome(health, evidence, us, attempts, path, phases, certificateDaysLeft, problems);
  }

  Outcome attempts(int made) {
    return new Outcome(
        health, evidence, latencyUs, made, path, phases, certificateDaysLeft, problems);
  }

  Outcome path(PathStatistics figures) {
    return new Outcome(
        health, evidence, latencyUs, attempts, figures, phases, certificateDaysLeft, problems);
  }

  Outcome phases(Phases split) {
    return new Outcome(
        health, evidence, latencyUs, attempts, path, split, certificateDaysLeft, problems);
  }

  Outcome certificate(Double daysLeft) {
    return new Outcome(health, evidence, latencyUs, attempts, path, phases, daysLeft, problems);
  }

  Outcome problems(List<Problem> met) {
    return new Outcome(
        health, evidence, latencyUs, attempts, path, phases, certificateDaysLeft, met);
  }
}
