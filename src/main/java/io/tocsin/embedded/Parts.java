package io.tocsin.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts started in parallel and stopped in parallel, each within a limit. If one does not start,
 * the others are given up and stopped too.
 */
public final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  /** For stopping what is still starting: an engine first comes up, then goes down. */
  private static final Duration GIVE_UP_LIMIT = Duration.ofSeconds(15);

  private final List<Part> parts;
  private final PartListener listener;
  private final Duration stopLimit;

  /**
   * Parts that are not started yet.
   *
   * @param listener told of each part that answers
   * @param stopLimit how long a stop may take
   */
  public Parts(List<Part> parts, PartListener listener, Duration stopLimit) {
    this.parts = List.copyOf(parts);
    this.listener = listener;
    this.stopLimit = stopLimit;
  }

  /**
   * Starts all of them.
   *
   * @throws PartFailure the first one's that did not start; all others have been stopped then
   */
  public void start() throws PartFailure, InterruptedException {
    ExecutorService threads = daemons(parts.size());
    CompletionService<Void> starts = new ExecutorCompletionService<>(threads);
    parts.forEach(part -> starts.submit(() -> start(part)));
    try {
      for (int i = 0; i < parts.size(); i++) {
        starts.take().get();
      }
    } catch (ExecutionException e) {
      close(GIVE_UP_LIMIT);
      if (e.getCause() instanceof PartFailure failure) {
        throw failure;
      }
      throw new PartFailure("parts", "start failed: " + PartFailure.reason(e), e.getCause());
    } catch (InterruptedException e) {
      close(GIVE_UP_LIMIT);
      throw e;
    } finally {
      threads.shutdown(); // never interrupted: some engines answer that with a stack trace
    }
  }

  private Void start(Part part) throws PartFailure, InterruptedException {
    long began = System.nanoTime();
    part.start();
    listener.started(part.name(), Duration.ofNanos(System.nanoTime() - began), part.address());
    return null;
  }

  /** Stops all of them; what has not stopped within the limit is left to itself, and logged. */
  @Override
  public void close() {
    close(stopLimit);
  }

  private void close(Duration limit) {
    ExecutorService threads = daemons(parts.size());
    List<Future<?>> stops = new ArrayList<>();
    parts.forEach(part -> stops.add(threads.submit(part::close)));
    threads.shutdown();
    try {
      if (!threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        for (int i = 0; i < parts.size(); i++) {
          if (!stops.get(i).isDone()) {
            LOG.warn("{} did not stop within {}", parts.get(i).name(), limit);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ExecutorService daemons(int count) {
    return Executors.newFixedThreadPool(
        count,
        task -> {
          Thread thread = new Thread(task, "embedded-parts");
          thread.setDaemon(true);
          return thread;
        });
  }
}
