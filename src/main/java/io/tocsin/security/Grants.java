package io.tocsin.security;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclBinding;

/**
 * What a cluster should allow whom: the table with names, as access rules of Kafka's.
 *
 * @param rights by principal; none for one that has been here and may do nothing any more
 */
public record Grants(Map<String, Set<Right>> rights) {

  /** Everybody who has shown the broker who he is. */
  private static final String ANYBODY = "User:*";

  /**
   * For all stages, and these agents.
   *
   * @param agents their ids
   * @param former ids of agents that are no more
   * @param anyAgent whether everybody may tell what agents tell; for fleets so large that rules for
   *     each would slow the brokers down. Who tells it is for the seal to say then.
   */
  public static Grants of(
      Principals principals, List<String> agents, List<String> former, boolean anyAgent) {
    Map<String, Set<Right>> rights = new LinkedHashMap<>();
    former.forEach(id -> rights.put(principals.ofAgent(id), Set.of()));
    agents.forEach(id -> rights.put(principals.ofAgent(id), Rights.of(Actor.AGENT)));
    if (anyAgent) {
      rights.put(ANYBODY, Rights.of(Actor.AGENT));
    }
    Actor.single().forEach(actor -> rights.put(principals.of(actor), Rights.of(actor)));
    return new Grants(rights);
  }

  /** As a broker keeps them. */
  public Set<AclBinding> bindings() {
    Set<AclBinding> bindings = new LinkedHashSet<>();
    rights.forEach((principal, each) -> each.forEach(right -> bindings.add(right.of(principal))));
    return bindings;
  }

  /**
   * How a cluster differs from it.
   *
   * @param there all access rules of the cluster
   */
  public Difference from(Set<AclBinding> there) {
    Set<AclBinding> wanted = bindings();
    List<AclBinding> missing = wanted.stream().filter(binding -> !there.contains(binding)).toList();
    List<AclBinding> surplus = new ArrayList<>();
    for (AclBinding binding : there) {
      if (rights.containsKey(binding.entry().principal()) && !wanted.contains(binding)) {
        surplus.add(binding);
      }
    }
    return new Difference(missing, surplus);
  }

  /** Names of all principals, in order. */
  public Set<String> principals() {
    return new TreeSet<>(rights.keySet());
  }

  /**
   * What a cluster lacks, and what it has too much for principals of ours.
   *
   * @param missing rules that are not there
   * @param surplus rules for our principals that are not in the table; those of others are their
   *     own business
   */
  public record Difference(List<AclBinding> missing, List<AclBinding> surplus) {

    /** Whether there is none. */
    public boolean isNone() {
      return missing.isEmpty() && surplus.isEmpty();
    }
  }
}
