package io.tocsin.collectors.network;

/** Goes along one path. What it keeps open between passes it opens by itself, and again. */
interface Prober extends AutoCloseable {

  /**
   * Goes along it once, within the path's dial timeout and timeout.
   *
   * @throws InterruptedException if the agent gave up on this pass
   */
  Outcome probe() throws InterruptedException;

  @Override
  default void close() {}
}
