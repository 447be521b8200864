package io.tocsin.collectors.health;

import io.tocsin.collectors.Problem;
import io.tocsin.schemas.Health;
import java.util.Optional;

/**
 * What one attempt came to.
 *
 * @param health UP, DOWN, or UNKNOWN where it could not be measured
 * @param evidence why, in words
 * @param answered whether the target answered, so that there is a latency to speak of
 * @param problem what kept us from measuring, where an operator can do something about it
 */
record Verdict(Health health, String evidence, boolean answered, Optional<Problem> problem) {

  static Verdict up(String evidence) {
    return new Verdict(Health.UP, evidence, true, Optional.empty());
  }

  /** It answered, but not as expected. */
  static Verdict wrong(String evidence) {
    return new Verdict(Health.DOWN, evidence, true, Optional.empty());
  }

  static Verdict down(String evidence) {
    return new Verdict(Health.DOWN, evidence, false, Optional.empty());
  }

  static Verdict unknown(String evidence) {
    return new Verdict(Health.UNKNOWN, evidence, false, Optional.empty());
  }

  /** It answered that it is neither up nor down, such as while it starts. */
  static Verdict undecided(String evidence) {
    return new Verdict(Health.UNKNOWN, evidence, true, Optional.empty());
  }

  /** It could not be measured, and the problem's own words say why. */
  static Verdict unknown(Problem problem) {
    return new Verdict(Health.UNKNOWN, problem.toString(), false, Optional.of(problem));
  }

  /** The same verdict, and something that was wrong on the way to it. */
  Verdict but(Problem problem) {
    return new Verdict(health, evidence, answered, Optional.of(problem));
  }

  /** The same measurement, told otherwise. */
  Verdict as(Health told, String words) {
    return new Verdict(told, words, answered, problem);
  }
}
