package io.tocsin.alerting.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.outbox.Outbox;
import io.tocsin.alerting.notify.render.MessageRenderer;
import io.tocsin.alerting.notify.route.RouteTree;
import io.tocsin.alerting.outbound.OutboundHttp;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what they have to be told. Reads notifications and incidents, writes deliveries,
 * which are also its memory.
 *
 * <p>At least once: a notification is in the outbox before its offset is committed, and what came
 * of a message is written after it was sent. A message whose end a crash has swallowed is sent
 * again under the same dedup key. One notifier works at a time; the one that starts last fences the
 * others.
 *
 * <p>{@link #close()} waits half a second for messages under way and then leaves them; all in all
 * it takes a second.
 */
public final class Notifier implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final String STAGE = "notifier";
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long MESSAGES_END_WITHIN_MS = 500;
  private static final long THREADS_END_WITHIN_MS = 200;

  private final Cluster cluster;
  private final NotificationConfig config;
  private final OutboundHttp http;
  private final Clock clock;
  private final NotifyMetrics metrics;
  private final KnownIncidents incidents = new KnownIncidents();
  private final List<Thread> threads = new ArrayList<>();
  private KafkaDeliveryLog log;
  private NotifierLoop loop;
  private Desk desk;

  /**
   * A notifier that has not begun yet.
   *
   * @param http how channels reach their receivers; the caller closes it
   */
  public Notifier(
      Cluster cluster,
      NotificationConfig config,
      OutboundHttp http,
      Clock clock,
      MeterRegistry registry) {
    this.cluster = cluster;
    this.config = config;
    this.http = http;
    this.clock = clock;
    this.metrics = new NotifyMetrics(registry);
  }

  /**
   * Takes over from another notifier, reads what was told before, and begins. Topics and schemas
   * have to be there.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  public synchronized void start() {
    if (log != null) {
      throw new IllegalStateException("the notifier has been started before");
    }
    // First of all: from here on nobody else can write what is read next.
    log = KafkaDeliveryLog.open(cluster, metrics);
    Outbox outbox = new Outbox(config);
    List<Delivery> before = readDeliveries();
    outbox.restore(before);
    LOG.info("{} delivery(s) known from before; {} channel(s)", before.size(), channels());
    desk = new Desk(outbox, RouteTree.of(config), incidents, log, clock, metrics);
    TopicReader readIncidents =
        TopicReader.fromBeginning(cluster, STAGE, clock, Set.of(Topics.INCIDENTS));
    do {
      readIncidents
          .poll(POLL)
          .forEach(received -> received.as(Topics.INCIDENTS).ifPresent(incidents::put));
    } while (readIncidents.lag() > 0);
    TopicReader notifications =
        TopicReader.resuming(cluster, STAGE, clock, Set.of(Topics.NOTIFICATIONS));
    loop =
        new NotifierLoop(
            notifications,
            readIncidents,
            incidents,
            config.channels().stream().map(ChannelConfig::name).toList(),
            desk,
            clock,
            metrics);
    begin("tocsin-notifier", loop);
    config.channels().forEach(this::begin);
  }

  private int channels() {
    return config.channels().size();
  }

  private void begin(ChannelConfig channel) {
    metrics.open(channel.name(), desk, at -> at.backlog(channel.name()));
    begin(
        "tocsin-notify-" + channel.name(),
        new ChannelWorker(
            channel.name(),
            OpenChannel.of(channel, new ChannelContext(http, clock)),
            new MessageRenderer(channel, config.console()),
            incidents,
            desk,
            clock,
            metrics,
            loop::isStopping));
  }

  private void begin(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Whether it reads and sends; false before the start, after the end, and once it is fenced. */
  public synchronized boolean isRunning() {
    return loop != null && loop.isRunning() && !desk.isFenced();
  }

  /** Deliveries that are still to be made, over all channels. */
  public synchronized int open() {
    return desk == null
        ? 0
        : config.channels().stream().mapToInt(channel -> desk.backlog(channel.name())).sum();
  }

  private List<Delivery> readDeliveries() {
    Map<String, Delivery> newest = new LinkedHashMap<>();
    try (TopicReader reader =
        TopicReader.fromBeginning(cluster, STAGE, clock, Set.of(Topics.DELIVERIES))) {
      do {
        reader.poll(POLL).stream()
            .flatMap(received -> received.as(Topics.DELIVERIES).stream())
            .forEach(delivery -> newest.put(delivery.getId(), delivery));
      } while (reader.lag() > 0);
    }
    return List.copyOf(newest.values());
  }

  @Override
  public synchronized void close() {
    if (log == null) {
      return;
    }
    boolean interrupted = false;
    try {
      if (loop != null) {
        loop.stop();
      }
      join(MESSAGES_END_WITHIN_MS);
      // First those that send: the one that reads needs a moment to close what it reads from.
      threads.stream().skip(1).forEach(Thread::interrupt);
      join(THREADS_END_WITHIN_MS);
      threads.forEach(Thread::interrupt);
    } catch (InterruptedException hurry) {
      interrupted = true;
    }
    log.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for all threads together. */
  private void join(long withinMs) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
    for (Thread thread : threads) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left > 0) {
        thread.join(left);
      }
    }
  }
}
