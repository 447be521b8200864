package io.tocsin.server.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.access.Peers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Where a server listens, and what stands between a request and its handler.
 *
 * @param host address it listens on
 * @param transport what it speaks there
 * @param guard first: the names it answers to, and headers of every answer
 * @param gate then: who asks, and whether they may
 * @param live connections that stay open
 */
public record Door(
    String host, Transport transport, HttpGuard guard, Gate gate, LiveConnections live) {

  private static final int MANY = 100;

  /** On the loopback address, without limits. */
  public static Door here(AccessControl access) {
    return new Door(
        "127.0.0.1",
        Transport.plain(),
        new HttpGuard(HttpGuard.LOOPBACK),
        Gate.unlimited(access),
        // Nobody's time is up before any has passed.
        new LiveConnections(
            MANY,
            Peers.DIRECT,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            new SimpleMeterRegistry()));
  }
}
