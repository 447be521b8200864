package io.tocsin.schemas.exchange;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How large the topics of what is measured are made: those with more than one partition. What
 * people read stays in one, which keeps it in order.
 *
 * @param partitions of each; 0 for as many as the topic says itself
 * @param retention how long each keeps its records; null for as long as the topic says itself
 */
public record TopicSizes(int partitions, Duration retention) {

  /** As the topics say themselves. */
  public static final TopicSizes USUAL = new TopicSizes(0, null);

  /** No more than Flink has key groups. */
  private static final int MOST = 128;

  /**
   * Checks that brokers and stages could bear it.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public TopicSizes {
    if (partitions < 0 || partitions > MOST) {
      throw new IllegalArgumentException("partitions: has to be from 1 to " + MOST);
    }
    if (retention != null && retention.compareTo(Duration.ofMinutes(10)) < 0) {
      throw new IllegalArgumentException(
          "retention: has to be 10 minutes at least, so that a stage that restarts misses nothing");
    }
  }

  int partitions(int usual) {
    return usual == 1 || partitions == 0 ? usual : partitions;
  }

  Map<String, String> settings(int usual, Map<String, String> settings) {
    if (usual == 1 || retention == null) {
      return settings;
    }
    Map<String, String> changed = new HashMap<>(settings);
    changed.put("retention.ms", Long.toString(retention.toMillis()));
    return changed;
  }
}
