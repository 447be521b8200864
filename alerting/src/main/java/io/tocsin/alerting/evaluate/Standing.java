package io.tocsin.alerting.evaluate;

import io.tocsin.schemas.AlertState;
import java.time.Instant;
import java.util.List;

/**
 * Where one series stands under one rule after one moment of event time. All times are event time.
 *
 * @param phase where it stands, as if nothing were held for flapping
 * @param since when it began to be bad; null while it is healthy
 * @param firedAt when it had been bad for long enough; null unless it fires
 * @param goodSince since when it has been good while it fires; null if it is not
 * @param flips when it began to fire or cleared, oldest first, in milliseconds; only the newest few
 * @param flappingSince when the episode began that is held because it comes and goes; null if none
 *     is
 */
public record Standing(
    Phase phase,
    Instant since,
    Instant firedAt,
    Instant goodSince,
    List<Long> flips,
    Instant flappingSince) {

  /** Before anything was wrong. */
  public static final Standing HEALTHY =
      new Standing(Phase.HEALTHY, null, null, null, List.of(), null);

  /** What people see of it. */
  record Shown(AlertState state, Instant since) {}

  /** What people see of it; null if nothing is wrong. */
  Shown shown() {
    if (flappingSince != null) {
      return new Shown(AlertState.FLAPPING, flappingSince);
    }
    return switch (phase) {
      case HEALTHY -> null;
      case PENDING -> new Shown(AlertState.PENDING, since);
      case FIRING -> new Shown(AlertState.FIRING, since);
    };
  }

  /** Whether there is nothing to remember. */
  boolean isIdle() {
    return phase == Phase.HEALTHY && flips.isEmpty() && flappingSince == null;
  }

  boolean isFiring() {
    return phase == Phase.FIRING;
  }

  Standing pending(Instant begin) {
    return new Standing(Phase.PENDING, begin, null, null, flips, flappingSince);
  }

  Standing firing(Instant begin, Instant at) {
    return new Standing(Phase.FIRING, begin, at, null, flips, flappingSince);
  }

  Standing healthy() {
    return new Standing(Phase.HEALTHY, null, null, null, flips, flappingSince);
  }

  Standing goodSince(Instant time) {
    return new Standing(phase, since, firedAt, time, flips, flappingSince);
  }

  Standing flips(List<Long> times) {
    return new Standing(phase, since, firedAt, goodSince, times, flappingSince);
  }

  Standing flapping(Instant begin) {
    return new Standing(phase, since, firedAt, goodSince, flips, begin);
  }

  /** After a time of which nothing is known: whatever had to last begins anew. */
  Standing afterSilence() {
    return phase == Phase.PENDING ? healthy() : goodSince(null);
  }
}
