package io.tocsin.collectors.network;

import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One path that is probed again and again. A null component takes its default; exactly one of
 * {@code tcp}, {@code udp}, {@code http}, {@code dns} and {@code icmp} is given.
 *
 * @param id the resource id is {@code endpoint/<id>}; lower-case letters, digits, {@code . _ -}, at
 *     most 63; no health check may have the same
 * @param service name of the service that the endpoint belongs to, in the same form; default: none
 * @param tier whether that service is CORE; default: UNSPECIFIED, which is treated as NON_CORE
 * @param tcp a TCP port
 * @param udp a UDP port
 * @param http a URL
 * @param dns a question to a name server
 * @param icmp a machine
 * @param interval time between two passes, 100 ms to 1 h; default 1 s
 * @param dialTimeout longest time for name resolution, connection and TLS together, 10 ms to 60 s;
 *     default 5 s. It may be longer than the interval: the ticks that a hanging dial costs are
 *     missed
 * @param timeout how long answers are waited for, counted from when the connection stands, 10 ms up
 *     to the interval; default: nine tenths of the interval, at most 5 s
 * @param maxLoss percent of a burst of datagrams that may be lost before that means DOWN, 1 to 100;
 *     default 100: DOWN when no answer comes at all
 */
public record NetworkPath(
    String id,
    String service,
    Tier tier,
    TcpTarget tcp,
    UdpTarget udp,
    HttpTarget http,
    DnsTarget dns,
    IcmpTarget icmp,
    Duration interval,
    Duration dialTimeout,
    Duration timeout,
    Integer maxLoss) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Duration LEAST = Duration.ofMillis(10);
  private static final Duration LONGEST_DEFAULT = Duration.ofSeconds(5);

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public NetworkPath {
    requireName("id", id);
    if (service != null) {
      requireName("service", service);
    }
    tier = tier == null ? Tier.UNSPECIFIED : tier;
    List<PathTarget> given =
        Stream.<PathTarget>of(tcp, udp, http, dns, icmp).filter(Objects::nonNull).toList();
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          "network path '%s' has %d targets; give it exactly one of tcp, udp, http, dns, icmp"
              .formatted(id, given.size()));
    }
    try {
      interval = interval == null ? Duration.ofSeconds(1) : interval;
      Checks.within("interval", interval, Duration.ofMillis(100), Duration.ofHours(1));
      dialTimeout = dialTimeout == null ? LONGEST_DEFAULT : dialTimeout;
      Checks.within("dial-timeout", dialTimeout, LEAST, Duration.ofSeconds(60));
      if (timeout == null) {
        Duration fitting = interval.multipliedBy(9).dividedBy(10);
        timeout = fitting.compareTo(LONGEST_DEFAULT) < 0 ? fitting : LONGEST_DEFAULT;
      }
      Checks.within("timeout", timeout, LEAST, interval);
      maxLoss = Checks.within("max-loss", maxLoss, 100, 1, 100);
      if (given.get(0) instanceof Spaced burst) {
        Duration sending = burst.spacing().multipliedBy(burst.burst() - 1L);
        if (sending.compareTo(timeout.dividedBy(2)) > 0) {
          throw new IllegalArgumentException(
              "sending the burst takes %d ms, over half the timeout of %d ms: send fewer, lessen"
                      .formatted(sending.toMillis(), timeout.toMillis())
                  + " spacing, or lengthen timeout and interval");
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("network path '" + id + "': " + e.getMessage(), e);
    }
  }

  /** With the defaults of everything else. */
  public NetworkPath(String id, PathTarget target) {
    this(
        id,
        null,
        null,
        target instanceof TcpTarget tcp ? tcp : null,
        target instanceof UdpTarget udp ? udp : null,
        target instanceof HttpTarget http ? http : null,
        target instanceof DnsTarget dns ? dns : null,
        target instanceof IcmpTarget icmp ? icmp : null,
        null,
        null,
        null,
        null);
  }

  /** The one target that is given. */
  PathTarget target() {
    return Stream.<PathTarget>of(tcp, udp, http, dns, icmp)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  private static void requireName(String key, String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "network path %s '%s' must match %s".formatted(key, name, NAME.pattern()));
    }
  }
}
