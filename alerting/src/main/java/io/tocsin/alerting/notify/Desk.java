package io.tocsin.alerting.notify;

import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.outbox.Acceptance;
import io.tocsin.alerting.notify.outbox.Outbox;
import io.tocsin.alerting.notify.route.RouteTree;
import io.tocsin.alerting.notify.route.Target;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The outbox and its log as one: what is decided is written before anybody hears of it. Shared by
 * the thread that reads and those that send; none of them sends while it holds the lock.
 */
final class Desk {

  private final Outbox outbox;
  private final RouteTree routes;
  private final KnownIncidents incidents;
  private final DeliveryLog log;
  private final Clock clock;
  private final NotifyMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Integer> backlogs = new ConcurrentHashMap<>();
  private volatile boolean open;
  private volatile FencedException fenced;

  Desk(
      Outbox outbox,
      RouteTree routes,
      KnownIncidents incidents,
      DeliveryLog log,
      Clock clock,
      NotifyMetrics metrics) {
    this.outbox = outbox;
    this.routes = routes;
    this.incidents = incidents;
    this.log = log;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** From now on what there is to send may be sent. */
  void open(List<String> channels) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      channels.forEach(this::count);
      open = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether another notifier has taken over. */
  boolean isFenced() {
    return fenced != null;
  }

  /** Takes notifications in, in their order; they are safe when this returns. */
  void accept(List<Notification> notifications) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      List<Delivery> records = new ArrayList<>();
      for (Notification notification : notifications) {
        Acceptance made = accept(notification);
        if (made instanceof Acceptance.Taken taken) {
          records.addAll(taken.records());
        } else if (made instanceof Acceptance.Ignored ignored) {
          metrics.ignored(ignored.reason());
        }
      }
      write(records);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Acceptance accept(Notification notification) {
    Instant now = clock.instant();
    String id = notification.getIncidentId();
    boolean old = notification.getAt().plus(Outbox.GIVE_UP).isBefore(now);
    boolean ends = notification.getKind() == NotificationKind.RESOLVED;
    // A notifier that begins with a topic full of history must not tell it.
    if (old && !ends && incidents.isOver(id)) {
      return new Acceptance.Ignored("too old");
    }
    Optional<Incident> incident = incidents.of(id);
    List<Target> targets = routes.route(notification, incident);
    return outbox.accept(notification, targets, now);
  }

  /** What a channel is to send; waits a while for it. Answered later with {@link #answered}. */
  Optional<Delivery> take(String channel, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (open && fenced == null) {
        List<Delivery> records = outbox.review(clock.instant());
        if (!records.isEmpty()) {
          write(records);
          changed.signalAll();
        }
        Optional<Delivery> next = outbox.next(channel, clock.instant());
        if (next.isPresent()) {
          return next;
        }
      }
      changed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** What came of sending. */
  void answered(Delivery delivery, SendAnswer answer) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant now = clock.instant();
      Delivery after = outbox.answered(delivery, answer, now);
      write(List.of(after));
      if (after.getState() == DeliveryState.SENT) {
        Duration took = Duration.between(delivery.getNotification().getAt(), now);
        metrics.sent(after, took.isNegative() ? Duration.ZERO : took);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A message that a forgetful receiver has to be told again. */
  Optional<Delivery> repeat(String channel, Duration every) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return open && fenced == null
          ? outbox.repeat(channel, every, incidents::isOpen, clock.instant())
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** It was told again, or could not be. */
  void repeated(Delivery delivery, boolean accepted) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      outbox.repeated(delivery, clock.instant());
      metrics.repeated(delivery.getChannel(), accepted);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is over for long. */
  void forget() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      outbox.forget(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Deliveries of a channel that are still to be made. Without the lock: whoever asks must not wait
   * for a broker that is away.
   */
  int backlog(String channel) {
    return backlogs.getOrDefault(channel, 0);
  }

  private void write(List<Delivery> records) throws InterruptedException {
    records.forEach(one -> count(one.getChannel()));
    long begun = System.nanoTime();
    try {
      log.append(records);
    } catch (FencedException taken) {
      fenced = taken;
      throw taken;
    }
    if (!records.isEmpty()) {
      metrics.written(Duration.ofNanos(System.nanoTime() - begun));
    }
    records.forEach(metrics::delivery);
  }

  private void count(String channel) {
    backlogs.put(channel, outbox.open(channel));
  }
}
