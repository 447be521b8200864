package io.tocsin.collectors.agent;

import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Tier;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One description of a resource that several collectors speak of, whichever of them spoke last: a
 * security event names a container that the container collector knows all of.
 */
final class Description {

  /** Who measures it regularly knows it best; then who says more. The text makes it an order. */
  private static final Comparator<Resource> RICHER =
      Comparator.comparing((Resource resource) -> resource.getIntervalMs() > 0)
          .thenComparing(resource -> resource.getParent() != null)
          .thenComparing(resource -> resource.getLabels().size())
          .thenComparing(Resource::toString);

  private Description() {}

  /**
   * The richest, completed from the others. A tier that is known wins over none, and CORE over
   * NON_CORE: what is taken for more important than it is does less harm.
   *
   * @param all at least one, all of one id
   */
  static Resource of(List<Resource> all) {
    List<Resource> richestFirst = all.stream().sorted(RICHER.reversed()).toList();
    Resource.Builder merged = Resource.newBuilder(richestFirst.get(0));
    Map<String, String> labels = new HashMap<>();
    TreeSet<String> dependsOn = new TreeSet<>();
    for (Resource other : richestFirst) {
      other.getLabels().forEach(labels::putIfAbsent);
      dependsOn.addAll(other.getDependsOn());
      if (merged.getService() == null) {
        merged.setService(other.getService());
      }
      if (merged.getParent() == null) {
        merged.setParent(other.getParent());
      }
      if (matters(other.getTier()) > matters(merged.getTier())) {
        merged.setTier(other.getTier());
      }
    }
    return merged.setLabels(labels).setDependsOn(List.copyOf(dependsOn)).build();
  }

  private static int matters(Tier tier) {
    return switch (tier) {
      case UNSPECIFIED -> 0;
      case NON_CORE -> 1;
      case CORE -> 2;
    };
  }
}
