package io.tocsin.server.live;

import io.javalin.http.sse.SseClient;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, written to by a thread of its own, so that one that does not read keeps nobody
 * waiting. Bounded: {@value #MOST_WAITING} events wait for it at most.
 */
final class Page {

  static final int MOST_WAITING = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Page.class);
  private static final long HEARTBEAT_SECONDS = 10;
  private static final long MOMENT_MS = 200;

  private final SseClient client;
  private final String process;
  private final Set<String> areas;
  private final String resource;
  private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer;
  private volatile boolean open = true;

  /**
   * A connection that nothing is written to yet.
   *
   * @param process what event ids begin with
   * @param areas what it wants to hear of
   * @param resource whose windows it wants; null for none
   * @param onEnd told once when it is over
   */
  Page(SseClient client, String process, Set<String> areas, String resource, Consumer<Page> onEnd) {
    this.client = client;
    this.process = process;
    this.areas = areas;
    this.resource = resource;
    this.writer =
        new Thread(
            () -> {
              write();
              onEnd.accept(this);
            },
            "tocsin-live-page");
    writer.setDaemon(true);
  }

  void start() {
    client.keepAlive();
    client.onClose(this::end);
    writer.start();
  }

  boolean wants(String area) {
    return areas.contains(area);
  }

  boolean wantsWindowsOf(String id) {
    return resource != null && resource.equals(id) && areas.contains(Areas.WINDOWS);
  }

  /** Lets an event wait for its turn; false if too many do. */
  boolean offer(Event event) {
    return waiting.offer(event);
  }

  private void write() {
    try {
      while (open) {
        Event event = waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
          // Keeps idle connections open, and finds out which pages are gone.
          client.sendComment("still here");
        } else {
          client.sendEvent(event.name(), event.json(), process + "-" + event.number());
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException broken) {
      LOG.info("a page is disconnected and has to ask again: {}", broken.toString());
    } finally {
      open = false;
      if (!client.terminated()) {
        client.close();
      }
    }
  }

  /** Waits a moment for its end. */
  void awaitEnd() {
    try {
      writer.join(MOMENT_MS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it, also while something is being written to it. */
  void end() {
    if (open) {
      open = false;
      writer.interrupt();
    }
  }
}
