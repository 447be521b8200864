package io.tocsin.schemas.topic;

import java.time.Duration;
import java.util.Map;

/**
 * A topic by which a stage hands work to itself: between its own tasks, in bytes of its own that
 * begin with a version. It is no contract, so it has no schema, and nobody else may read it.
 *
 * @param name name on the broker
 * @param partitions how many there are when the topic is created; a later change would move keys
 * @param retention how long records are kept; the writer's wall time counts
 */
public record InternalTopic(String name, int partitions, Duration retention) {

  /** A segment that is still written to is never deleted, so it must not take long to fill. */
  private static final long SEGMENT_BYTES = 64L << 20;

  /** The broker's settings for this topic. */
  public Map<String, String> settings() {
    return Map.of(
        "cleanup.policy",
        Cleanup.DELETE.policy(),
        "retention.ms",
        Long.toString(retention.toMillis()),
        "segment.bytes",
        Long.toString(SEGMENT_BYTES));
  }

  @Override
  public String toString() {
    return name;
  }
}
