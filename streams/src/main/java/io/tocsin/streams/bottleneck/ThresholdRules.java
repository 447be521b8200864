package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.streams.window.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which thresholds hold for whom: the defaults, then those of the kind of resource, of its service
 * and of its id, each in place of the ones before where it names a key. Of several patterns that
 * match an id, the one that says more of it has the last word; an exact id, above all.
 */
public final class ThresholdRules {

  private static final Comparator<Glob> MORE_IS_SAID_LATER =
      Comparator.comparingInt(Glob::literals).thenComparing(Glob::pattern);

  private record Pattern(Glob glob, ThresholdOverrides overrides) {}

  private final Thresholds defaults;
  private final Map<ResourceKind, ThresholdOverrides> kinds;
  private final Map<String, ThresholdOverrides> services;
  private final Map<String, ThresholdOverrides> ids = new HashMap<>();
  private final List<Pattern> patterns = new ArrayList<>();

  /**
   * Rules.
   *
   * @param defaults in place of {@link Thresholds#defaults()}
   * @param kinds by kind of resource
   * @param services by name of the service
   * @param resources by resource id, in which {@code *} stands for anything
   */
  public ThresholdRules(
      ThresholdOverrides defaults,
      Map<ResourceKind, ThresholdOverrides> kinds,
      Map<String, ThresholdOverrides> services,
      Map<String, ThresholdOverrides> resources) {
    this.defaults = defaults.over(Thresholds.defaults());
    this.kinds = Map.copyOf(kinds);
    this.services = Map.copyOf(services);
    resources.forEach(
        (pattern, overrides) -> {
          Glob glob = new Glob(pattern);
          if (glob.isExact()) {
            ids.put(pattern, overrides);
          } else {
            patterns.add(new Pattern(glob, overrides));
          }
        });
    patterns.sort(Comparator.comparing(Pattern::glob, MORE_IS_SAID_LATER));
  }

  /** The mission's thresholds for all. */
  public static ThresholdRules defaults() {
    return new ThresholdRules(ThresholdOverrides.NONE, Map.of(), Map.of(), Map.of());
  }

  /** Whether they are the same for all. */
  boolean areUniform() {
    return kinds.isEmpty() && services.isEmpty() && ids.isEmpty() && patterns.isEmpty();
  }

  /** What holds for a resource. */
  public Thresholds of(Subject subject) {
    Thresholds thresholds = over(kinds.get(subject.kind()), defaults);
    if (subject.service() != null) {
      thresholds = over(services.get(subject.service()), thresholds);
    }
    for (Pattern pattern : patterns) {
      if (pattern.glob().matches(subject.resourceId())) {
        thresholds = over(pattern.overrides(), thresholds);
      }
    }
    return over(ids.get(subject.resourceId()), thresholds);
  }

  private static Thresholds over(ThresholdOverrides overrides, Thresholds base) {
    return overrides == null ? base : overrides.over(base);
  }
}
