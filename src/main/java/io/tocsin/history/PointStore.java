package io.tocsin.history;

import java.time.Duration;
import java.util.List;

/** Takes points of history. */
interface PointStore extends AutoCloseable {

  /** What a store says to a batch of points. */
  sealed interface Answer {

    /** All of them are kept. */
    record Stored() implements Answer {}

    /** It does not take them as they are; asking again is of no use. Some may be kept. */
    record Refused(String reason) implements Answer {}

    /**
     * It is away or busy, or does not let us in; asking again later is right.
     *
     * @param retryAfter what it asked us to wait; zero if it did not say
     */
    record Unavailable(String reason, Duration retryAfter) implements Answer {}
  }

  /**
   * Stores points.
   *
   * @param lines each made by {@link Line}
   */
  Answer write(List<String> lines);

  @Override
  void close();
}
