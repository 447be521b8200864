package io.tocsin.collectors.health;

import java.time.Duration;

/**
 * Tries one target, again and again. Calls do not overlap, save that {@link #close} may come from
 * another thread.
 */
interface Attempt extends AutoCloseable {

  /**
   * Tries once. That there is no verdict in time is a verdict, too.
   *
   * @param patience how long the whole attempt may take
   */
  Verdict make(Duration patience) throws InterruptedException;

  /** Lets go of what is kept open between two tries. */
  @Override
  default void close() {}
}
