package io.tocsin.server.fleet;

import io.tocsin.server.incident.IncidentView;
import java.util.List;
import java.util.Map;

/**
 * All that is known of one resource.
 *
 * @param children what runs on it, or belongs to it if it is a service
 * @param parents what it runs on, nearest first
 * @param incidents of it: all that are open, and the newest that are over
 * @param windows the newest 10 s windows, as {@code window.avdl} describes them
 */
public record ResourcePage(
    ResourceView resource,
    List<ResourceView> children,
    List<ResourceView> parents,
    List<IncidentView> incidents,
    List<BottleneckView> bottlenecks,
    NewestWindows windows) {

  /** The newest windows of a resource; null or empty where there are none. */
  public record NewestWindows(
      Map<String, Object> efficiency,
      List<Map<String, Object>> latency,
      Map<String, Object> throughput) {}
}
