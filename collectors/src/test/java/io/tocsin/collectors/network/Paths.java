package io.tocsin.collectors.network;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Probe;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Collectors of one path, as tests need them. */
final class Paths {

  private Paths() {}

  static NetworkPath path(PathTarget target, Duration dialTimeout, Duration timeout, int maxLoss) {
    NetworkPath plain = new NetworkPath("way", target);
    return new NetworkPath(
        plain.id(),
        "shop",
        null,
        plain.tcp(),
        plain.udp(),
        plain.http(),
        plain.dns(),
        plain.icmp(),
        null,
        dialTimeout,
        timeout,
        maxLoss);
  }

  /** Waits for answers for 300 ms. */
  static Collector collector(PathTarget target) {
    return collector(path(target, Duration.ofSeconds(2), Duration.ofMillis(300), 100));
  }

  static Collector collector(NetworkPath path) {
    return collector(path, Clock.systemUTC());
  }

  static Collector collector(NetworkPath path, Clock clock) {
    return NetworkCollectors.collectors(new NetworkConfig(null, List.of(path)), "host/web-1", clock)
        .get(0);
  }

  static Probe.Builder probe(Collector collector) throws Exception {
    return probe(collector.collect());
  }

  static Probe.Builder probe(Reading reading) {
    return reading.probes().get(0);
  }
}
