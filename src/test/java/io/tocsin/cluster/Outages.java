package io.tocsin.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Takes endpoints down, one every two seconds, each once; brings each back a little after somebody
 * was told of it. What that took is how well paging works right now.
 */
final class Outages implements AutoCloseable {

  private static final Duration EVERY = Duration.ofMillis(2_000);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration DOWN_AFTER_PAGE = Duration.ofMillis(1_500);

  /** One outage, as its endpoint and the pager saw it; later times are null until then. */
  static final class Outage {
    private final String id;
    private final Instant downAt;
    private volatile Instant pagedAt;
    private volatile Instant upAt;

    private Outage(String id, Instant downAt) {
      this.id = id;
      this.downAt = downAt;
    }

    String resource() {
      return "endpoint/" + id;
    }

    Instant downAt() {
      return downAt;
    }

    Instant pagedAt() {
      return pagedAt;
    }

    Instant upAt() {
      return upAt;
    }

    /** How long somebody would have waited to be told, by now. */
    Duration waited(Instant now) {
      Instant told = pagedAt;
      return Duration.between(downAt, told == null ? now : told);
    }
  }

  private final Endpoints endpoints;
  private final Pager pager;
  private final Clock clock;
  private final Deque<String> fresh = new ArrayDeque<>();
  private final List<Outage> all = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "outages");
  private volatile boolean closed;

  Outages(Endpoints endpoints, Pager pager, Clock clock) {
    this.endpoints = endpoints;
    this.pager = pager;
    this.clock = clock;
    thread.setDaemon(true);
    thread.start();
  }

  /** Endpoints to be taken down from now on, in place of those that are left. */
  synchronized void next(List<String> ids) {
    fresh.clear();
    fresh.addAll(ids);
  }

  /** Those that began since a time. */
  synchronized List<Outage> since(Instant from) {
    return all.stream().filter(outage -> !outage.downAt().isBefore(from)).toList();
  }

  synchronized List<Outage> all() {
    return List.copyOf(all);
  }

  /** Whether all that were taken down have been brought back. */
  boolean areOver() {
    return all().stream().allMatch(outage -> outage.upAt() != null);
  }

  /** Takes no more down. */
  void rest() {
    next(List.of());
  }

  /** Those of which nobody has been told yet. */
  List<Outage> untold() {
    return all().stream().filter(outage -> outage.pagedAt() == null).toList();
  }

  private void run() {
    Instant next = clock.instant();
    try {
      while (!closed) {
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
          next = now.plus(EVERY);
          begin(now);
        }
        for (Outage outage : all()) {
          follow(outage, now);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void begin(Instant now) {
    String id = fresh.poll();
    // A check that a busy machine was too slow for has told people of that one already.
    while (id != null && pager.paged("endpoint/" + id).isPresent()) {
      id = fresh.poll();
    }
    if (id != null) {
      endpoints.down(id);
      all.add(new Outage(id, now));
    }
  }

  private void follow(Outage outage, Instant now) {
    if (outage.pagedAt == null) {
      Optional<Instant> paged = pager.paged(outage.resource());
      paged.ifPresent(at -> outage.pagedAt = at);
    } else if (outage.upAt == null && !now.isBefore(outage.pagedAt.plus(DOWN_AFTER_PAGE))) {
      endpoints.up(outage.id);
      outage.upAt = now;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
