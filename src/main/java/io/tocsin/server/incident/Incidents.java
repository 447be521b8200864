package io.tocsin.server.incident;

import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.View;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Incidents and their timelines. Bounded: of resolved incidents the newest {@value #RESOLVED_KEPT}
 * stay, of a timeline the newest {@value #TIMELINE_KEPT} lines; history has them all.
 */
public final class Incidents extends View {

  static final int RESOLVED_KEPT = 1_000;
  static final int TIMELINE_KEPT = 500;

  private static final int NEWEST_OVER = 10;

  private static final Comparator<IncidentView> MOST_URGENT_FIRST =
      Comparator.comparing((IncidentView view) -> !view.open())
          .thenComparing(IncidentView::priority)
          .thenComparing(IncidentView::startedAt);

  private final Map<String, Entry> incidents = new HashMap<>();
  private final Map<String, Incident> open = new HashMap<>();
  private final LinkedHashMap<String, Entry> resolved = new LinkedHashMap<>();
  private final Map<String, Deque<IncidentEvent>> timelines = new BoundedTimelines();
  private long listedAt = -1;
  private List<IncidentView> listed = List.of();

  private record Entry(Incident incident, IncidentView view) {}

  @Override
  protected boolean take(Received<?> received) {
    return received.as(Topics.INCIDENTS).map(this::incident).orElse(false)
        | received.as(Topics.INCIDENT_EVENTS).map(this::line).orElse(false);
  }

  private boolean incident(Incident incident) {
    Entry known = incidents.get(incident.getId());
    if (known != null && known.view().version() >= incident.getVersion()) {
      return false; // delivered again
    }
    Entry entry = new Entry(incident, IncidentView.of(incident, List.of()));
    String id = incident.getId();
    incidents.put(id, entry);
    resolved.remove(id);
    if (entry.view().open()) {
      open.put(id, incident);
    } else {
      open.remove(id);
      resolved.put(id, entry);
      forgetOldest();
    }
    return true;
  }

  /** They are resolved in the order of their times, but for the little that late evidence moves. */
  private void forgetOldest() {
    if (resolved.size() > RESOLVED_KEPT) {
      String oldest = resolved.keySet().iterator().next();
      resolved.remove(oldest);
      incidents.remove(oldest);
      timelines.remove(oldest);
    }
  }

  private boolean line(IncidentEvent event) {
    Deque<IncidentEvent> lines =
        timelines.computeIfAbsent(event.getIncidentId(), id -> new ArrayDeque<>());
    if (!lines.isEmpty() && lines.getLast().getVersion() >= event.getVersion()) {
      return false; // delivered again
    }
    lines.addLast(event);
    if (lines.size() > TIMELINE_KEPT) {
      lines.removeFirst();
    }
    return true;
  }

  /** Incidents without their timelines, most urgent first, then oldest first. */
  public synchronized List<IncidentView> all() {
    if (listedAt != version()) {
      listed = incidents.values().stream().map(Entry::view).sorted(MOST_URGENT_FIRST).toList();
      listedAt = version();
    }
    return listed;
  }

  /** Those of them that somebody still has to care about. */
  public synchronized List<IncidentView> open() {
    return all().subList(0, open.size());
  }

  /** Those at a resource: all that are open, and the newest that are over. */
  public synchronized List<IncidentView> of(String resource) {
    List<IncidentView> at = all().stream().filter(view -> view.isAt(resource)).toList();
    return Stream.concat(
            at.stream().filter(IncidentView::open),
            at.stream()
                .filter(view -> !view.open())
                .sorted(Comparator.comparing(IncidentView::updatedAt).reversed())
                .limit(NEWEST_OVER))
        .toList();
  }

  /** Open incidents as they are on their topic, in no order. */
  public synchronized Collection<Incident> openRecords() {
    return List.copyOf(open.values());
  }

  /** One incident as it is on its topic. */
  public synchronized Optional<Incident> record(String id) {
    return Optional.ofNullable(incidents.get(id)).map(Entry::incident);
  }

  /** Its timeline as it is on its topic, oldest first. */
  public synchronized List<IncidentEvent> events(String id) {
    Deque<IncidentEvent> lines = timelines.get(id);
    return lines == null ? List.of() : List.copyOf(lines);
  }

  /** One incident without its timeline. */
  public synchronized Optional<IncidentView> brief(String id) {
    return Optional.ofNullable(incidents.get(id)).map(Entry::view);
  }

  /** One incident with its timeline. */
  public synchronized Optional<IncidentView> one(String id) {
    return brief(id)
        .map(view -> view.withTimeline(events(id).stream().map(IncidentView.Line::of).toList()));
  }

  /**
   * Lines outlive their incident's view when the topics are read at different speeds: bounded too.
   */
  private final class BoundedTimelines extends LinkedHashMap<String, Deque<IncidentEvent>> {

    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Deque<IncidentEvent>> eldest) {
      Entry entry = incidents.get(eldest.getKey());
      return size() > 2 * RESOLVED_KEPT && (entry == null || !entry.view().open());
    }
  }
}
