package io.tocsin.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.alerting.notify.Notifier;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.watchdog.WatchdogSender;
import io.tocsin.alerting.outbound.OutboundHttp;
import io.tocsin.alerting.outbound.OutboundRules;
import io.tocsin.alerting.outbound.PinnedHttp;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;

/** A notifier and the way out that it uses, as one. */
public final class NotifierStage implements AutoCloseable {

  private final OutboundHttp http;
  private final Notifier notifier;
  private final WatchdogSender watchdog;

  private NotifierStage(OutboundHttp http, Notifier notifier, WatchdogSender watchdog) {
    this.http = http;
    this.notifier = notifier;
    this.watchdog = watchdog;
  }

  /**
   * Starts a notifier; one that works at the same cluster already is fenced by it.
   *
   * @throws IllegalArgumentException if {@code allow-private} names what is neither a network nor a
   *     host
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  public static NotifierStage start(
      Cluster cluster, NotificationConfig config, Clock clock, MeterRegistry meters) {
    OutboundHttp http = way(config, clock);
    Notifier notifier = new Notifier(cluster, config, http, clock, meters);
    try {
      notifier.start();
      WatchdogSender watchdog = watchdog(cluster, config.watchdog(), http, clock, meters);
      return new NotifierStage(http, notifier, watchdog);
    } catch (RuntimeException failed) {
      notifier.close();
      http.close();
      throw failed;
    }
  }

  private static WatchdogSender watchdog(
      Cluster cluster,
      NotificationConfig.Watchdog config,
      OutboundHttp http,
      Clock clock,
      MeterRegistry meters) {
    if (config == null) {
      return null;
    }
    WatchdogSender sender =
        new WatchdogSender(
            cluster,
            config.via().open(new ChannelContext(http, clock)),
            config.every(),
            clock,
            meters);
    sender.start();
    return sender;
  }

  /** How channels reach their receivers, as far as the configuration lets them. */
  public static OutboundHttp way(NotificationConfig config, Clock clock) {
    return new PinnedHttp(OutboundRules.of(config.allowPrivate()), clock);
  }

  /** Whether it reads and sends; false once another notifier has taken over. */
  public boolean isRunning() {
    return notifier.isRunning();
  }

  /** Deliveries that are still to be made. */
  public int open() {
    return notifier.open();
  }

  @Override
  public void close() {
    if (watchdog != null) {
      watchdog.close();
    }
    notifier.close();
    http.close();
  }
}
