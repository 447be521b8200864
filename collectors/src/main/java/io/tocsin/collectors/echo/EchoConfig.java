package io.tocsin.collectors.echo;

import java.time.Duration;

/**
 * How the echo responder listens and what it puts up with. A null component takes its default.
 *
 * @param bind address it listens at; default 127.0.0.1, so that nobody else can reach it until that
 *     is wanted
 * @param tcpPort 1 to 65535, or 0 for any that is free; default 18862
 * @param udpPort the same for datagrams; default 18862
 * @param maxConnections connections at a time, 1 to 10000, each of which may hold 64 KiB; one more
 *     is closed at once; default 64
 * @param idleTimeout a connection that has sent nothing for this long is closed, 1 s to 1 h;
 *     default 60 s
 * @param maxDatagram longest datagram that is answered, 16 to 9000 bytes; default 1500
 * @param datagramsPerSecond datagrams answered to one address in a second, 1 to 1000000; default
 *     1000
 */
public record EchoConfig(
    String bind,
    Integer tcpPort,
    Integer udpPort,
    Integer maxConnections,
    Duration idleTimeout,
    Integer maxDatagram,
    Integer datagramsPerSecond) {

  /** On loopback. */
  public static final EchoConfig DEFAULT = new EchoConfig(null, null, null, null, null, null, null);

  private static final int PORT = 18862;

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public EchoConfig {
    bind = bind == null ? "127.0.0.1" : bind;
    tcpPort = within("tcp-port", tcpPort, PORT, 0, 65_535);
    udpPort = within("udp-port", udpPort, PORT, 0, 65_535);
    maxConnections = within("max-connections", maxConnections, 64, 1, 10_000);
    maxDatagram = within("max-datagram", maxDatagram, 1_500, EchoMark.BYTES, 9_000);
    datagramsPerSecond = within("datagrams-per-second", datagramsPerSecond, 1_000, 1, 1_000_000);
    idleTimeout = idleTimeout == null ? Duration.ofSeconds(60) : idleTimeout;
    if (idleTimeout.toMillis() < 1_000 || idleTimeout.toHours() > 1) {
      throw new IllegalArgumentException(
          "echo: idle-timeout is %d ms; it must be from 1 s to 1 h"
              .formatted(idleTimeout.toMillis()));
    }
    if (bind.isBlank()) {
      throw new IllegalArgumentException(
          "echo: bind is empty; give an address, 0.0.0.0 for all of them");
    }
  }

  private static Integer within(String key, Integer value, int otherwise, int least, int most) {
    int chosen = value == null ? otherwise : value;
    if (chosen < least || chosen > most) {
      throw new IllegalArgumentException(
          "echo: %s is %d; it must be from %d to %d".formatted(key, chosen, least, most));
    }
    return chosen;
  }
}
