package io.tocsin.alerting.notify.watchdog;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whoever waits for signs of life, and what is to be done when they stop. Immutable.
 *
 * @param silence the alarm is raised when none has come for so long
 * @param lastAt when the newest came; the beginning of the vigil before the first
 * @param raisedAt when the alarm was raised; null while it is not
 */
public record Vigil(Duration silence, Instant lastAt, Instant raisedAt) {

  /** What is to be done. */
  public sealed interface Step {

    /** Nothing. */
    record Nothing() implements Step {}

    /** People have to be told that it is silent. */
    record Raise(Duration silentFor) implements Step {}

    /** They have to be told that it lives. */
    record Clear(Duration wasSilentFor) implements Step {}
  }

  /** What follows, and from where to go on. */
  public record Next(Vigil vigil, Step step) {}

  /** A vigil that begins now; what is never heard of at all is silent, too. */
  public static Vigil from(Instant now, Duration silence) {
    return new Vigil(silence, now, null);
  }

  /** A sign has come. */
  public Next heard(Instant now) {
    Step step =
        raisedAt == null ? new Step.Nothing() : new Step.Clear(Duration.between(lastAt, now));
    return new Next(new Vigil(silence, now, null), step);
  }

  /** Time has passed. */
  public Next look(Instant now) {
    Duration silent = Duration.between(lastAt, now);
    if (raisedAt != null || silent.compareTo(silence) < 0) {
      return new Next(this, new Step.Nothing());
    }
    return new Next(new Vigil(silence, lastAt, now), new Step.Raise(silent));
  }

  /** Since when it is silent, as far as the alarm was raised. */
  public Optional<Instant> silentSince() {
    return raisedAt == null ? Optional.empty() : Optional.of(lastAt);
  }
}
