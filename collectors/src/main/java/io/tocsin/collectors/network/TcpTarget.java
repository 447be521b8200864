package io.tocsin.collectors.network;

import io.tocsin.schemas.ProbeKind;

/**
 * A TCP port. Without {@code echo}, which any service allows, a connection is opened and closed:
 * its handshake is one round trip. With it, messages go back and forth over a connection that is
 * kept, one after the other.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param echo whether an echo responder listens there; default false
 * @param burst messages a pass, 1 to 1000; default 10
 * @param size bytes of a message, 16 to 65536; default 64
 * @param throughput how throughput is tested; default: it is not; needs echo
 */
public record TcpTarget(
    String host, Integer port, Boolean echo, Integer burst, Integer size, Throughput throughput)
    implements PathTarget {

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public TcpTarget {
    host = Checks.host(host);
    port = Checks.port(port);
    echo = echo != null && echo;
    burst = Checks.within("burst", burst, 10, 1, 1_000);
    size = Checks.within("size", size, 64, 16, 65_536);
    if (throughput != null && !echo) {
      throw new IllegalArgumentException(
          "throughput needs an echo responder at the far end: set echo: true, or leave it out");
    }
  }

  @Override
  public String describe() {
    return Checks.display(host, port);
  }

  @Override
  public ProbeKind kind() {
    return ProbeKind.TCP;
  }
}
