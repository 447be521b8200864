package io.tocsin.alerting.notify;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Delivery;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the notifier counts. */
final class NotifyMetrics {

  private final MeterRegistry registry;

  NotifyMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** One more record, by channel and state. */
  void delivery(Delivery delivery) {
    registry
        .counter(
            "tocsin.notify.deliveries",
            "channel",
            delivery.getChannel(),
            "state",
            delivery.getState().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .increment();
  }

  /** From the decision that people have to be told to the receiver's word that it has it. */
  void sent(Delivery delivery, Duration took) {
    registry.timer("tocsin.notify.latency", "channel", delivery.getChannel()).record(took);
  }

  /** How long records took to be safe. */
  void written(Duration took) {
    registry.timer("tocsin.notify.write").record(took);
  }

  /** A message that a forgetful receiver was told again, or could not be. */
  void repeated(String channel, boolean accepted) {
    registry
        .counter(
            "tocsin.notify.repeats", "channel", channel, "accepted", Boolean.toString(accepted))
        .increment();
  }

  /** A notification that is not told. */
  void ignored(String reason) {
    registry.counter("tocsin.notify.ignored", "reason", reason).increment();
  }

  /** Reading failed, by kind of failure. */
  void readingFailed(Throwable failure) {
    failed("tocsin.notify.reading.failures", failure);
  }

  /** Writing failed, by kind of failure. */
  void writingFailed(Throwable failure) {
    failed("tocsin.notify.writing.failures", failure);
  }

  /** A channel broke its contract, by kind of failure. */
  void channelFailed(String channel, Throwable failure) {
    registry
        .counter(
            "tocsin.notify.channel.failures",
            "channel",
            channel,
            "reason",
            failure.getClass().getSimpleName())
        .increment();
  }

  private void failed(String name, Throwable failure) {
    registry.counter(name, "reason", failure.getClass().getSimpleName()).increment();
  }

  /** Deliveries of a channel that are still to be made. */
  <T> void open(String channel, T of, ToDoubleFunction<T> count) {
    Gauge.builder("tocsin.notify.open", of, count).tag("channel", channel).register(registry);
  }
}
