package io.tocsin.alerting.rules;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.util.List;
import java.util.Map;

/**
 * Which observations a rule judges: those that fit everything said here. In a glob {@code *} stands
 * for any text, all else for itself; the whole value has to match.
 *
 * @param resources globs over resource ids, one of which has to match; empty for any
 * @param kinds kinds of resource; empty for any
 * @param services globs over the service's name; empty for any, also none
 * @param tier null for any
 * @param series globs over the series; empty for any
 * @param labels globs over labels that have to be there
 */
public record Selector(
    List<String> resources,
    List<ResourceKind> kinds,
    List<String> services,
    Tier tier,
    List<String> series,
    Map<String, String> labels) {

  /** Everything. */
  public static final Selector ALL =
      new Selector(List.of(), List.of(), List.of(), null, List.of(), Map.of());

  /** Copies what it is given. */
  public Selector {
    resources = List.copyOf(resources);
    kinds = List.copyOf(kinds);
    services = List.copyOf(services);
    series = List.copyOf(series);
    labels = Map.copyOf(labels);
  }
}
