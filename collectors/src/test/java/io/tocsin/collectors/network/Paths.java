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
    return path(target, null, dialTimeout, timeout, maxLoss);
  }

  /** One that is probed seldom, so that it may wait for long. */
  static NetworkPath patient(PathTarget target, Duration timeout, int maxLoss) {
    return path(target, Duration.ofMinutes(1), Duration.ofSeconds(20), timeout, maxLoss);
  }

  private static NetworkPath path(
      PathTarget target, Duration interval, Duration dialTimeout, Duration timeout, int maxLoss) {
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
        interval,
        dialTimeout,
        timeout,
        maxLoss);
  }

  /** Waits for answers for as long as a busy machine may need. */
  static Collector collector(PathTarget target) {
    return collector(patient(target, Duration.ofSeconds(15), 100));
  }

  /** Waits for answers for 300 ms. */
  static Collector impatient(PathTarget target) {
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
