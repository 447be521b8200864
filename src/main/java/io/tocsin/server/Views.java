package io.tocsin.server;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Silence;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.AccessTokens;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What the API knows: the topics, newest record of each key, in memory. Bounded: of resolved
 * incidents the newest {@value #RESOLVED_KEPT} stay, of a timeline the newest {@value
 * #TIMELINE_KEPT} lines; history has them all.
 *
 * <p>Thread-safe. Listeners hear of every change of an incident, in order.
 */
public final class Views {

  static final int RESOLVED_KEPT = 1_000;
  static final int TIMELINE_KEPT = 500;
  private static final long TEN_SECONDS_MS = 10_000;

  private final Map<String, IncidentView> incidents = new HashMap<>();
  private final Map<String, Incident> open = new HashMap<>();
  private final AlertingViews alerting = new AlertingViews();
  private final HealingViews healing = new HealingViews();
  private final DeliveryViews deliveries = new DeliveryViews();
  private final Map<String, Deque<IncidentView.Line>> timelines = new BoundedTimelines();
  private final AccessTokens access = new AccessTokens();
  private final Map<String, Resource> resources = new HashMap<>();
  private final Map<String, Probe> probes = new HashMap<>();
  private final Map<String, Window> windows = new HashMap<>();
  private final Map<String, PolicyView> policies = new HashMap<>();
  private SecurityReportView securityReport = SecurityReportView.none();
  private final List<Consumer<IncidentView>> listeners = new CopyOnWriteArrayList<>();

  /** Takes one record of any topic it keeps. */
  public void apply(Received<?> received) {
    access.apply(received);
    Optional<IncidentView> changed;
    synchronized (this) {
      changed = received.as(Topics.INCIDENTS).flatMap(this::incident);
      alerting.apply(received);
      healing.apply(received);
      deliveries.apply(received);
      received.as(Topics.INCIDENT_EVENTS).ifPresent(this::line);
      received.as(Topics.PROBES).ifPresent(probe -> probes.put(probe.getResourceId(), probe));
      received.as(Topics.WINDOWS).ifPresent(this::window);
      if (received.topic().name().equals(Topics.RESOURCES.name())) {
        resource(received);
      }
      if (received.topic().name().equals(Topics.POLICIES.name())) {
        policy(received);
      }
      received
          .as(Topics.SECURITY_REPORT)
          .ifPresent(report -> securityReport = SecurityReportView.of(report));
    }
    changed.ifPresent(view -> listeners.forEach(listener -> listener.accept(view)));
  }

  private Optional<IncidentView> incident(Incident incident) {
    IncidentView known = incidents.get(incident.getId());
    if (known != null && known.version() >= incident.getVersion()) {
      return Optional.empty(); // delivered again
    }
    IncidentView view = IncidentView.of(incident, List.of());
    incidents.put(view.id(), view);
    if (view.open()) {
      open.put(view.id(), incident);
    } else {
      open.remove(view.id());
      forgetOldest();
    }
    return Optional.of(view);
  }

  private void forgetOldest() {
    List<IncidentView> resolved = incidents.values().stream().filter(view -> !view.open()).toList();
    if (resolved.size() > RESOLVED_KEPT) {
      resolved.stream()
          .min(Comparator.comparing(IncidentView::updatedAt))
          .ifPresent(
              oldest -> {
                incidents.remove(oldest.id());
                timelines.remove(oldest.id());
              });
    }
  }

  private void line(IncidentEvent event) {
    Deque<IncidentView.Line> lines =
        timelines.computeIfAbsent(event.getIncidentId(), id -> new ArrayDeque<>());
    if (lines.isEmpty() || lines.getLast().version() < event.getVersion()) {
      lines.addLast(IncidentView.Line.of(event));
    }
    if (lines.size() > TIMELINE_KEPT) {
      lines.removeFirst();
    }
  }

  private void window(Window window) {
    if (window.getSizeMs() == TEN_SECONDS_MS) {
      windows.put(window.getResourceId(), window);
    }
  }

  private void resource(Received<?> received) {
    received
        .as(Topics.RESOURCES)
        .ifPresentOrElse(
            resource -> resources.put(resource.getId(), resource),
            () -> resources.remove(received.key()));
  }

  private void policy(Received<?> received) {
    received
        .as(Topics.POLICIES)
        .ifPresentOrElse(
            policy -> policies.put(received.key(), PolicyView.of(policy)),
            () -> policies.remove(received.key()));
  }

  /** Who may use the API. */
  public AccessTokens access() {
    return access;
  }

  /** Container policies, in the order in which they are asked. */
  public synchronized List<PolicyView> policies() {
    return policies.values().stream()
        .sorted(Comparator.comparingInt(PolicyView::order).thenComparing(PolicyView::id))
        .toList();
  }

  /** The newest security report; an empty one while there is none. */
  public synchronized SecurityReportView securityReport() {
    return securityReport;
  }

  /** Rules, in the order of their names. */
  public synchronized List<RuleView> rules() {
    return alerting.rules();
  }

  /** The newest word of the newest alerts, newest first. */
  public synchronized List<AlertView> alerts() {
    return alerting.alerts();
  }

  /** Tells what the responder is allowed; without it, nothing but looking on. */
  public synchronized void configure(HealingConfig allowed) {
    healing.configure(allowed);
  }

  /** How healing stands. */
  synchronized HealView healing() {
    return healing.view();
  }

  /** What people were told of an incident, or of all if it is null. */
  public synchronized List<DeliveryView> deliveries(String incident) {
    return deliveries.of(incident);
  }

  /** Silences: those that hold, those to come, those that are over. */
  public synchronized List<SilenceView> silences(Instant now) {
    return alerting.silences(now);
  }

  /** What a silence would hide. */
  public synchronized PreviewView preview(Silence silence) {
    return alerting.preview(silence, open.values());
  }

  /** Incidents, most urgent first, then oldest first. */
  public synchronized List<IncidentView> incidents(boolean withResolved) {
    return incidents.values().stream()
        .filter(view -> withResolved || view.open())
        .sorted(
            Comparator.comparing((IncidentView view) -> !view.open())
                .thenComparing(IncidentView::priority)
                .thenComparing(IncidentView::startedAt))
        .toList();
  }

  /** One incident with its timeline. */
  public synchronized Optional<IncidentView> incident(String id) {
    Collection<IncidentView.Line> lines = timelines.getOrDefault(id, new ArrayDeque<>());
    return Optional.ofNullable(incidents.get(id))
        .map(view -> view.withTimeline(List.copyOf(lines)));
  }

  /** Resources in the order of their ids. */
  public synchronized List<ResourceView> resources() {
    return resources.values().stream()
        .map(
            resource ->
                resource.getKind() == ResourceKind.SERVICE
                    ? ResourceView.ofService(resource, probesOf(resource.getName()))
                    : ResourceView.of(
                        resource, probes.get(resource.getId()), windows.get(resource.getId())))
        .sorted(Comparator.comparing(ResourceView::id))
        .toList();
  }

  /**
   * Lines outlive their incident's view when the topics are read at different speeds: bounded too.
   */
  private final class BoundedTimelines extends LinkedHashMap<String, Deque<IncidentView.Line>> {

    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Deque<IncidentView.Line>> eldest) {
      IncidentView incident = incidents.get(eldest.getKey());
      return size() > 2 * RESOLVED_KEPT && (incident == null || !incident.open());
    }
  }

  private List<Probe> probesOf(String service) {
    return probes.values().stream().filter(probe -> service.equals(probe.getService())).toList();
  }

  /** Calls a listener, in the thread that reads the topics, at every change of an incident. */
  public void onIncident(Consumer<IncidentView> listener) {
    listeners.add(listener);
  }
}
