package io.tocsin.collectors.network;

import io.tocsin.schemas.ProbeKind;
import java.time.Duration;

/**
 * A machine that answers ICMP echo requests. The kernel lets us ask if our group is within {@code
 * net.ipv4.ping_group_range}, or with the capability CAP_NET_RAW; Linux only.
 *
 * @param host name or address
 * @param burst requests a pass, 1 to 1000; default 10
 * @param size bytes after the ICMP header, 16 to 9000; default 64
 * @param spacing time between two requests, 0 to 1 s; default 10 ms
 */
public record IcmpTarget(String host, Integer burst, Integer size, Duration spacing)
    implements PathTarget, Spaced {

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public IcmpTarget {
    host = Checks.host(host);
    burst = Checks.within("burst", burst, 10, 1, 1_000);
    size = Checks.within("size", size, 64, 16, 9_000);
    spacing = Spaced.checked(spacing);
  }

  @Override
  public String describe() {
    return host;
  }

  @Override
  public ProbeKind kind() {
    return ProbeKind.ICMP;
  }
}
