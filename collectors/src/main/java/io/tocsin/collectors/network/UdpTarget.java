package io.tocsin.collectors.network;

import io.tocsin.schemas.ProbeKind;
import java.time.Duration;

/**
 * A UDP port with an echo responder behind it.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param burst datagrams a pass, 1 to 1000; default 10
 * @param size bytes of a datagram, 16 to 9000; default 64
 * @param spacing time between two datagrams, 0 to 1 s; default 10 ms
 */
public record UdpTarget(String host, Integer port, Integer burst, Integer size, Duration spacing)
    implements PathTarget, Spaced {

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public UdpTarget {
    host = Checks.host(host);
    port = Checks.port(port);
    burst = Checks.within("burst", burst, 10, 1, 1_000);
    size = Checks.within("size", size, 64, 16, 9_000);
    spacing = Spaced.checked(spacing);
  }

  @Override
  public String describe() {
    return Checks.display(host, port);
  }

  @Override
  public ProbeKind kind() {
    return ProbeKind.UDP;
  }
}
