package io.tocsin.server.fleet;

import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.View;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Resources with the newest that is known of each. Bounded as the inventory is. */
public final class Fleet extends View {

  private static final long TEN_SECONDS_MS = 10_000;

  private final Map<String, Resource> resources = new HashMap<>();
  private final Map<String, Probe> probes = new HashMap<>();
  private final Map<String, Window> windows = new HashMap<>();

  @Override
  protected boolean take(Received<?> received) {
    return received.as(Topics.PROBES).map(this::probe).orElse(false)
        || received.as(Topics.WINDOWS).map(this::window).orElse(false)
        || (received.topic().name().equals(Topics.RESOURCES.name()) && resource(received));
  }

  private boolean resource(Received<?> received) {
    return received
        .as(Topics.RESOURCES)
        .map(resource -> !resource.equals(resources.put(resource.getId(), resource)))
        .orElseGet(() -> resources.remove(received.key()) != null);
  }

  private boolean probe(Probe probe) {
    probes.put(probe.getResourceId(), probe);
    return true;
  }

  private boolean window(Window window) {
    if (window.getSizeMs() == TEN_SECONDS_MS) {
      windows.put(window.getResourceId(), window);
      return true;
    }
    return false;
  }

  /** How many resources there are. */
  public synchronized int size() {
    return resources.size();
  }

  /** Resources in the order of their ids. */
  public synchronized List<ResourceView> all() {
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

  private List<Probe> probesOf(String service) {
    return probes.values().stream().filter(probe -> service.equals(probe.getService())).toList();
  }
}
