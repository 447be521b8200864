package io.tocsin.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes hours out of minutes, in a thread of its own: of each hour in which minutes were written,
 * once it is over and nothing more has come for a minute. An hour whose minutes come late, after an
 * outage, is made again; its points are the same points. What a stop interrupts is made at the next
 * start, which makes the last hours again, and of the two days before those that are missing.
 */
final class Rollup implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rollup.class);
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final Duration LOOK_BACK = Duration.ofDays(2);
  private static final Duration MADE_AGAIN = Duration.ofHours(3);

  private final HistoryPlace place;
  private final PointStore points;
  private final Optional<Pricing> pricing;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Counter hours;
  private final Counter failures;

  /** By begin of the hour: when a minute of it was last written. */
  private final Map<Instant, Instant> touched = new ConcurrentHashMap<>();

  /** Hours that were over long before the start; most of them are made already. */
  private final Set<Instant> old = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean running = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "tocsin-rollup");
            made.setDaemon(true);
            return made;
          });

  /**
   * @param pricing what the hours cost; empty if nobody asks
   */
  Rollup(
      HistoryPlace place,
      PointStore points,
      Optional<Pricing> pricing,
      Clock clock,
      MeterRegistry meters) {
    this.place = place;
    this.points = points;
    this.pricing = pricing;
    this.clock = clock;
    this.meters = meters;
    this.hours = meters.counter("tocsin.recorder.hours", "outcome", "stored");
    this.failures = meters.counter("tocsin.recorder.hours", "outcome", "failed");
    Instant now = clock.instant();
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    for (Instant each = hour.minus(LOOK_BACK);
        !each.isAfter(hour);
        each = each.plus(1, ChronoUnit.HOURS)) {
      touched.put(each, now);
      if (each.isBefore(hour.minus(MADE_AGAIN))) {
        old.add(each);
      }
    }
  }

  /** A record is on its way to the store. */
  void wrote(SpecificRecord record) {
    if (record instanceof Window window) {
      touch(window.getStartsAt(), window.getSizeMs());
    } else if (record instanceof ThroughputWindow window) {
      touch(window.getStartsAt(), window.getSizeMs());
    } else if (record instanceof LatencyWindow window) {
      touch(window.getStartsAt(), window.getSizeMs());
    }
  }

  private void touch(Instant startsAt, long sizeMs) {
    if (sizeMs == Tier.MINUTE.size().toMillis()) {
      wroteMinute(startsAt);
    }
  }

  /** A minute is on its way to the store. */
  void wroteMinute(Instant startsAt) {
    Instant hour = startsAt.truncatedTo(ChronoUnit.HOURS);
    old.remove(hour);
    touched.put(hour, clock.instant());
  }

  /** Starts the hours that are due, unless others are under way. */
  void whenDue() {
    Instant now = clock.instant();
    List<Instant> due =
        touched.entrySet().stream()
            .filter(each -> !each.getKey().plus(Tier.HOUR.size()).isAfter(now))
            .filter(each -> !each.getValue().plus(QUIET).isAfter(now))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!due.isEmpty() && running.compareAndSet(false, true)) {
      thread.execute(() -> make(due));
    }
  }

  private void make(List<Instant> due) {
    try (HistoryStore store = place.open()) {
      for (Instant hour : due) {
        Instant seen = touched.get(hour);
        HourOfMinutes work = new HourOfMinutes(store, points, hour);
        if (!(old.remove(hour) && work.isMade())) {
          work.make();
          if (pricing.isPresent()) {
            new CostOfHour(store, points, pricing.get(), hour, meters).make();
          }
          hours.increment();
        }
        touched.remove(hour, seen);
      }
    } catch (HistoryException | RuntimeException failed) {
      failures.increment();
      LOG.warn("hours of history are made later: {}", failed.toString());
      Instant now = clock.instant();
      due.forEach(hour -> touched.computeIfPresent(hour, (same, at) -> now));
    } finally {
      running.set(false);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
