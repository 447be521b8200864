package io.tocsin.collectors.health;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** One try at an endpoint. */
interface Attempt {

  /**
   * Tries once.
   *
   * @param address the target's, resolved
   * @param patience how long the whole attempt may take
   * @throws TimeoutException if there is no verdict by then
   */
  Verdict make(InetSocketAddress address, Duration patience)
      throws InterruptedException, TimeoutException;
}
