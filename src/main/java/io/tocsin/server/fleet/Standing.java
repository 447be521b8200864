package io.tocsin.server.fleet;

import io.tocsin.schemas.Health;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * How a resource stands, in one word; the worst that holds, and the later of two is the worse.
 * {@code P0} to {@code P3} are the priority of the worst open incident at it.
 */
public enum Standing {

  /** Heard of, or not expected to be; nothing is wrong with it as far as anybody knows. */
  OK,

  /** Silent for {@value #INTERVALS} of its intervals, or its checks cannot tell. */
  UNKNOWN,

  /** Something is short. */
  BOTTLENECK,

  /** Its newest check said so; of a service, those of all its endpoints did. */
  DOWN,

  P3,
  P2,
  P1,
  P0;

  /** A resource that has said nothing for so many of its intervals is silent. */
  static final int INTERVALS = 3;

  /** What is measured takes up to a second, and a little, to be told of by a window. */
  static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  /** Their names, in the order of rising badness. */
  static final List<String> NAMES = Arrays.stream(values()).map(Enum::name).toList();

  /**
   * The worst that holds. What a silent resource said last counts no more.
   *
   * @param health its newest check's; null where nothing checks it
   * @param silent whether it should have been heard of
   * @param isShort whether it has a bottleneck
   * @param worst priority of its worst open incident; null without one
   */
  static Standing of(Health health, boolean silent, boolean isShort, Priority worst) {
    if (worst != null) {
      return of(worst);
    }
    if (silent) {
      return UNKNOWN;
    }
    if (health == Health.DOWN) {
      return DOWN;
    }
    if (isShort) {
      return BOTTLENECK;
    }
    return health == Health.UNKNOWN ? UNKNOWN : OK;
  }

  private static Standing of(Priority priority) {
    return switch (priority) {
      case P0 -> P0;
      case P1 -> P1;
      case P2 -> P2;
      case P3 -> P3;
    };
  }

  /**
   * Whether something should have been heard of a resource.
   *
   * @param intervalMs how often it reports; 0 where nothing is expected
   * @param lastSeen null if never since this process began
   */
  static boolean isSilent(long intervalMs, Instant lastSeen, Instant now) {
    if (intervalMs <= 0) {
      return false;
    }
    return lastSeen == null
        || lastSeen.plusMillis(INTERVALS * intervalMs).plus(ON_ITS_WAY).isBefore(now);
  }
}
