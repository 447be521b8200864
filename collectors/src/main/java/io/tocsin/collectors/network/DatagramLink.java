package io.tocsin.collectors.network;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Carries datagrams to one address and back. */
interface DatagramLink extends Closeable {

  /** Opens one. */
  @FunctionalInterface
  interface Opener {

    /**
     * Opens one to an address.
     *
     * @throws NotPermittedException if the system does not let us
     */
    DatagramLink open(InetAddress address) throws IOException;
  }

  /** Sends what the buffer holds from its position on. */
  void send(ByteBuffer probe) throws IOException;

  /**
   * Waits for one datagram, at least as long as is said and at most a millisecond longer.
   *
   * @param into holds the datagram afterwards, from its position to its limit
   * @return false if none came
   */
  boolean receive(ByteBuffer into, long patienceNanos) throws IOException;

  @Override
  void close();
}
