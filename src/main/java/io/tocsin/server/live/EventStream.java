package io.tocsin.server.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.sse.SseClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.server.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages what changes, as server-sent events. Each event has an id; a page that comes
 * back with the last one it heard hears what it missed, or, if that is forgotten, {@code hello}:
 * ask for everything.
 *
 * <p>Whoever publishes never waits for a page: one that does not keep up is disconnected, and its
 * browser comes back. Bounded: at most {@value #MOST_PAGES} pages; see {@link Page} and {@link
 * Memory}. Thread-safe: events get their numbers, and pages theirs of them, under one lock.
 */
public final class EventStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final int MOST_PAGES = 100;

  private final MeterRegistry meters;
  private final String process = UUID.randomUUID().toString().substring(0, 8);
  private final List<Page> pages = new CopyOnWriteArrayList<>();
  private final Memory memory = new Memory();

  /** A stream that nobody listens to yet. */
  public EventStream(MeterRegistry meters) {
    this.meters = meters;
    meters.gauge("tocsin.server.pages", pages, List::size);
  }

  /** Whether anybody wants to hear of an area now. */
  public boolean isWanted(String area) {
    return any(page -> page.wants(area));
  }

  /** Whether anybody wants the windows of a resource. */
  public boolean areWindowsWantedOf(String resource) {
    return any(page -> page.wantsWindowsOf(resource));
  }

  private boolean any(Predicate<Page> wanted) {
    for (Page page : pages) {
      if (wanted.test(page)) {
        return true;
      }
    }
    return false;
  }

  /** Tells all pages that want it, and remembers it for those that come back. */
  public void publish(String area, String name, Object data) {
    String json = json(data);
    synchronized (this) {
      Event event = new Event(memory.newest() + 1, area, name, json);
      memory.add(event);
      send(event, page -> page.wants(area));
    }
  }

  /** Tells those who look at a resource; not remembered, as the next one comes in a second. */
  public void publishWindow(String resource, Object data) {
    String json = json(data);
    synchronized (this) {
      Event event = new Event(memory.newest(), Areas.WINDOWS, "window", json);
      send(event, page -> page.wantsWindowsOf(resource));
    }
  }

  private void send(Event event, Predicate<Page> wanted) {
    for (Page page : pages) {
      if (wanted.test(page) && !page.offer(event)) {
        LOG.warn("a page does not keep up with what changes; it is disconnected, and has to ask");
        meters.counter("tocsin.server.pages.dropped", "reason", "slow").increment();
        pages.remove(page);
        page.end();
      }
    }
  }

  /**
   * Begins to tell a page.
   *
   * @param areas what it wants to hear of
   * @param resource whose windows it wants; null for none
   * @param last id of the last event it heard; null if it never heard one
   */
  void open(SseClient client, Set<String> areas, String resource, String last) {
    Page page = new Page(client, process, areas, resource, pages::remove);
    synchronized (this) {
      if (pages.size() >= MOST_PAGES) {
        meters.counter("tocsin.server.pages.dropped", "reason", "full").increment();
        client.sendEvent("full", "too many pages are open: " + MOST_PAGES);
        client.close();
        return;
      }
      Optional<List<Event>> missed = number(last).flatMap(memory::after);
      if (missed.isPresent() && missed.get().size() < Page.MOST_WAITING) {
        missed.get().stream().filter(event -> page.wants(event.area())).forEach(page::offer);
      } else {
        // Browsers do not tell a page of an event without data.
        page.offer(new Event(memory.newest(), "", "hello", "\"ask for everything\""));
      }
      pages.add(page);
    }
    page.start();
  }

  private Optional<Long> number(String id) {
    if (id == null || !id.startsWith(process + "-")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(id.substring(process.length() + 1)));
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static String json(Object data) {
    try {
      return Json.mapper().writeValueAsString(data);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("not writable as JSON: " + data.getClass(), broken);
    }
  }

  @Override
  public void close() {
    pages.forEach(Page::end);
    // A connection is ended before the server under it is.
    pages.forEach(Page::awaitEnd);
    pages.clear();
  }
}
