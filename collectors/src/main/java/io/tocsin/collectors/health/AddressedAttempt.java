package io.tocsin.collectors.health;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** One try at something that listens at an address. */
interface AddressedAttempt extends AutoCloseable {

  /**
   * Tries once.
   *
   * @param address the target's, resolved
   * @param patience how long the whole attempt may take
   * @throws TimeoutException if there is no verdict by then
   */
  Verdict make(InetSocketAddress address, Duration patience)
      throws InterruptedException, TimeoutException;

  /** Lets go of what is kept open between two tries. */
  @Override
  default void close() {}
}
