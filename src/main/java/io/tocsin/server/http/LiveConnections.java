package io.tocsin.server.http;

import io.javalin.http.sse.SseClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.server.access.Caller;
import io.tocsin.server.access.Peers;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Connections that stay open: bounded per caller, and closed when the token or session they were
 * opened with ends or is taken back. Thread-safe.
 */
public final class LiveConnections implements AutoCloseable {

  private static final int SWEEP_EVERY_S = 5;

  private record Open(SseClient client, Caller caller) {}

  private final Map<String, List<Open>> open = new HashMap<>();
  private final int most;
  private final Peers peers;
  private final Clock clock;
  private final MeterRegistry meters;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "tocsin-live-connections");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * None yet.
   *
   * @param most of one caller
   */
  public LiveConnections(int most, Peers peers, Clock clock, MeterRegistry meters) {
    this.most = most;
    this.peers = peers;
    this.clock = clock;
    this.meters = meters;
    sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_EVERY_S, SWEEP_EVERY_S, TimeUnit.SECONDS);
  }

  /** What opens a connection if its caller has not too many. */
  public Consumer<SseClient> bounded(Consumer<SseClient> next) {
    return client -> {
      if (add(client)) {
        next.accept(client);
      } else {
        meters.counter("tocsin.server.refused", "reason", "live").increment();
        client.sendEvent("full", "so many pages of one caller may be open: " + most);
        client.close();
      }
    };
  }

  private synchronized boolean add(SseClient client) {
    Caller caller = Caller.of(client.ctx());
    String key = caller.isKnown() ? caller.id() : "address " + peers.address(client.ctx());
    List<Open> of = open.computeIfAbsent(key, each -> new ArrayList<>());
    of.removeIf(each -> each.client().terminated());
    return of.size() < most && of.add(new Open(client, caller));
  }

  /** Closes those of a token or session. */
  public void end(String callerId) {
    close(each -> each.caller().id().equals(callerId));
  }

  private void sweep() {
    Instant now = clock.instant();
    close(each -> each.caller().until() != null && !now.isBefore(each.caller().until()));
  }

  private void close(Predicate<Open> which) {
    List<Open> closing = new ArrayList<>();
    synchronized (this) {
      open.values()
          .forEach(
              of -> {
                of.removeIf(each -> each.client().terminated());
                of.stream().filter(which).forEach(closing::add);
                of.removeIf(which);
              });
      open.values().removeIf(List::isEmpty);
    }
    closing.forEach(each -> each.client().close());
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    close(each -> true);
  }
}
