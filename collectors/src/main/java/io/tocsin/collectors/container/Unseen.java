package io.tocsin.collectors.container;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Containers that their manager says run and that have no control group here: for a moment those
 * that have just started or ended, for good those whose groups are hidden from the agent.
 */
final class Unseen {

  /** Longer than it takes to search again and to ask any manager again. */
  private static final long MOMENT = Duration.ofSeconds(15).toNanos();

  private final Map<String, Long> since = new HashMap<>();

  /**
   * Notes that this one is unseen.
   *
   * @param now in nanoseconds of the collector's own clock
   * @return whether it has been so for more than a moment
   */
  boolean isForGood(String container, long now) {
    return now - since.computeIfAbsent(container, unknown -> now) > MOMENT;
  }

  /** Whether it was not noted before. */
  boolean isNew(String container) {
    return !since.containsKey(container);
  }

  /** Forgets all but these. */
  void keep(Set<String> containers) {
    since.keySet().retainAll(containers);
  }
}
