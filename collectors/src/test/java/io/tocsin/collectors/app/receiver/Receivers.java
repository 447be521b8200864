package io.tocsin.collectors.app.receiver;

import io.tocsin.collectors.app.mapping.DefaultRules;
import io.tocsin.schemas.Examples;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Makes receivers on a free port of loopback. */
final class Receivers {

  private Receivers() {}

  /** One that gives senders a minute, which the busiest machine does not need. */
  static ReceiverConfig config(Integer bodyLimit, Integer queueLimit, Path tokenFile) {
    return config(bodyLimit, queueLimit, tokenFile, Duration.ofMinutes(1));
  }

  static ReceiverConfig config(
      Integer bodyLimit, Integer queueLimit, Path tokenFile, Duration requestTimeout) {
    return new ReceiverConfig(
        null, 0, tokenFile, null, requestTimeout, bodyLimit, queueLimit, null, null, null);
  }

  static ReceiverCollector receiver(ReceiverConfig config) {
    Clock clock = Clock.fixed(Examples.NOON, ZoneOffset.UTC);
    return new ReceiverCollector(config, DefaultRules.ALL, clock, System::nanoTime);
  }
}
