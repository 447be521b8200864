package io.tocsin.alerting.notify;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.render.MessageRenderer;
import io.tocsin.schemas.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what one channel has to send, one message at a time, so that a slow one delays itself. */
final class ChannelWorker implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelWorker.class);

  /** How late a time that has come may be noticed; what arrives is noticed at once. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private static final int FRAMES = 5;

  private final String name;
  private final Channel channel;
  private final MessageRenderer renderer;
  private final KnownIncidents incidents;
  private final Desk desk;
  private final Clock clock;
  private final NotifyMetrics metrics;
  private final BooleanSupplier stopping;

  ChannelWorker(
      String name,
      Channel channel,
      MessageRenderer renderer,
      KnownIncidents incidents,
      Desk desk,
      Clock clock,
      NotifyMetrics metrics,
      BooleanSupplier stopping) {
    this.name = name;
    this.channel = channel;
    this.renderer = renderer;
    this.incidents = incidents;
    this.desk = desk;
    this.clock = clock;
    this.metrics = metrics;
    this.stopping = stopping;
  }

  @Override
  public void run() {
    try (channel) {
      while (!stopping.getAsBoolean()) {
        turn();
      }
    } catch (FencedException taken) {
      LOG.error("channel {} ends: {}", name, taken.getMessage());
    } catch (InterruptedException stop) {
      // What was being sent is sent again after the next start, under the same key.
      Thread.currentThread().interrupt();
    }
  }

  private void turn() throws InterruptedException {
    Optional<Delivery> next = desk.take(name, PATIENCE);
    if (next.isPresent()) {
      desk.answered(next.get(), send(next.get()));
      return;
    }
    Optional<Duration> every = channel.repeatEvery();
    if (every.isPresent()) {
      Optional<Delivery> again = desk.repeat(name, every.get());
      if (again.isPresent()) {
        desk.repeated(again.get(), send(again.get()) instanceof SendAnswer.Accepted);
      }
    }
  }

  private SendAnswer send(Delivery delivery) throws InterruptedException {
    try {
      return channel.send(
          renderer.render(
              delivery, incidents.of(delivery.getNotification().getIncidentId()), clock.instant()));
    } catch (RuntimeException broken) {
      // Its message may hold what the channel was configured with, so only its kind is told.
      metrics.channelFailed(name, broken);
      String kind = broken.getClass().getName();
      LOG.error("channel {} failed with {} at {}", name, kind, place(broken));
      return new SendAnswer.TryAgain("the channel itself failed: " + kind, null);
    }
  }

  private static List<StackTraceElement> place(RuntimeException broken) {
    return Arrays.stream(broken.getStackTrace()).limit(FRAMES).toList();
  }
}
