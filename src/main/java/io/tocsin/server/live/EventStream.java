package io.tocsin.server.live;

import io.javalin.http.sse.SseClient;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.Views;
import io.tocsin.server.incident.IncidentView;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of incidents as server-sent events. What is sent is only that something changed and what:
 * a page that missed events asks for the list again when it is connected again.
 *
 * <p>One thread writes to all pages. A page that cannot keep up, or a queue that overflows, loses
 * its connection rather than the others their time; its browser connects again and asks.
 */
public final class EventStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final int MOST_PAGES = 100;
  private static final int MOST_WAITING = 10_000;
  private static final long HEARTBEAT_SECONDS = 10;

  private final Set<SseClient> pages = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<IncidentView> changes = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread writer = new Thread(this::write, "tocsin-incident-stream");

  /** Of what changes in these views. */
  public EventStream(Views views) {
    views.onChange(
        received ->
            received
                .as(Topics.INCIDENTS)
                .flatMap(incident -> views.incidents().brief(incident.getId()))
                .ifPresent(this::changed));
    writer.setDaemon(true);
    writer.start();
  }

  private void changed(IncidentView incident) {
    if (!pages.isEmpty() && !changes.offer(incident)) {
      LOG.warn("{} changes wait to be sent; all pages have to ask again", MOST_WAITING);
      changes.clear();
      closeAll();
    }
  }

  /** Begins to tell a page. */
  public void open(SseClient page) {
    if (pages.size() >= MOST_PAGES) {
      page.sendEvent("full", "too many pages are open: " + MOST_PAGES);
      page.close();
      return;
    }
    page.keepAlive();
    page.onClose(() -> pages.remove(page));
    pages.add(page);
    // Browsers do not tell a page of an event without data.
    page.sendEvent("hello", "ask for the list now");
  }

  private void write() {
    try {
      while (true) {
        IncidentView incident = changes.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        if (incident == null) {
          // Keeps idle connections open, and finds out which pages are gone.
          pages.forEach(page -> send(page, () -> page.sendComment("still here")));
        } else {
          pages.forEach(page -> send(page, () -> page.sendEvent("incident", incident)));
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** What goes wrong with one page must not end the thread that writes to all. */
  private void send(SseClient page, Runnable sending) {
    try {
      sending.run();
    } catch (RuntimeException broken) {
      LOG.warn("a page is disconnected and has to ask again: {}", broken.toString());
      pages.remove(page);
      page.close();
    }
  }

  private void closeAll() {
    pages.forEach(SseClient::close);
    pages.clear();
  }

  @Override
  public void close() {
    writer.interrupt();
    closeAll();
  }
}
