package io.tocsin.streams.topology;

import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;

/**
 * Decides whether a stream thread that died is replaced. What passes (a broker or the registry
 * away) is worth another try, with a growing pause; what does not pass, or keeps coming back, has
 * to be told to people. Thread-safe.
 */
final class ThreadRestarts {

  static final int MOST = 10;
  static final Duration WITHIN = Duration.ofMinutes(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final Clock clock;
  private final Deque<Instant> deaths = new ArrayDeque<>();

  ThreadRestarts(Cluster cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /** What to do after a death. */
  sealed interface Decision {
    /** Replace the thread after a pause. */
    record Replace(Duration pause) implements Decision {}

    /** Stop all of them. */
    record GiveUp(String why) implements Decision {}
  }

  private Optional<String> told(Throwable death) {
    return RefusedException.in(death, cluster).map(Throwable::getMessage);
  }

  synchronized Decision after(Throwable death) {
    for (Throwable cause = death; cause != null; cause = cause.getCause()) {
      if (cause instanceof MissingSourceTopicException) {
        return new Decision.GiveUp("a topic is missing; create the topics before the streams");
      }
      if (cause instanceof AuthorizationException) {
        return new Decision.GiveUp(told(death).orElse("the broker does not allow it"));
      }
      if (cause instanceof Error) {
        return new Decision.GiveUp("the Java machine is in trouble: " + cause);
      }
    }
    Instant now = clock.instant();
    while (!deaths.isEmpty() && deaths.peekFirst().isBefore(now.minus(WITHIN))) {
      deaths.removeFirst();
    }
    deaths.addLast(now);
    if (deaths.size() > MOST) {
      return new Decision.GiveUp(
          "a stream thread died %d times within %d min%s"
              .formatted(
                  deaths.size(),
                  WITHIN.toMinutes(),
                  told(death).map(why -> ": " + why).orElse("")));
    }
    Duration pause = Duration.ofMillis(250L << (deaths.size() - 1));
    return new Decision.Replace(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }
}
