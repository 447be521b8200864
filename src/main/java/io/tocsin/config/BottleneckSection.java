package io.tocsin.config;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.streams.bottleneck.ThresholdOverrides;
import io.tocsin.streams.bottleneck.ThresholdRules;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Thresholds, each block in place of the ones before where it names a key; see {@link
 * ThresholdRules}.
 *
 * @param defaults for all
 * @param kinds by kind of resource: host, vm, container, endpoint, service
 * @param services by name of the service
 * @param resources by resource id, in which {@code *} stands for anything
 * @param catalogue file with advice beside the built-in one; null if there is none
 */
public record BottleneckSection(
    ThresholdOverrides defaults,
    Map<String, ThresholdOverrides> kinds,
    Map<String, ThresholdOverrides> services,
    Map<String, ThresholdOverrides> resources,
    Path catalogue) {

  static final BottleneckSection DEFAULT = new BottleneckSection(null, null, null, null, null);

  public BottleneckSection {
    defaults = defaults == null ? ThresholdOverrides.NONE : defaults;
    kinds = kinds == null ? Map.of() : Map.copyOf(kinds);
    services = services == null ? Map.of() : Map.copyOf(services);
    resources = resources == null ? Map.of() : Map.copyOf(resources);
  }

  /** The thresholds as rules. */
  public ThresholdRules rules() {
    Map<ResourceKind, ThresholdOverrides> byKind = new HashMap<>();
    kinds.forEach(
        (kind, overrides) ->
            byKind.put(ResourceKind.valueOf(kind.toUpperCase(Locale.ROOT)), overrides));
    return new ThresholdRules(defaults, byKind, services, resources);
  }
}
