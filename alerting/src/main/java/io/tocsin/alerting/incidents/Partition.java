package io.tocsin.alerting.incidents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Parts troubles by their causes. Each takes the strongest of its explanations ({@link Kinship});
 * following these leads to a trouble that nothing explains. Of those, some belong together as
 * siblings: several that answer no more and run on the same thing, or that one rule found in one
 * service, all within {@link #TOGETHER}; or that answer no more and belong to one service,
 * whenever.
 *
 * <p>A function of the set: the order in which the troubles came to be known does not matter.
 */
final class Partition {

  /** Event time between siblings. */
  static final Duration TOGETHER = Duration.ofSeconds(60);

  private final Surroundings around;
  private final Kinship kinship;
  private final Map<String, Trouble> faults = new TreeMap<>();
  private final Map<String, TreeMap<Integer, List<Trouble>>> byNode = new HashMap<>();
  private final Map<Trouble, Trouble> parents = new HashMap<>();
  private final Map<Trouble, String> relations = new HashMap<>();

  private Partition(Surroundings around, Collection<Trouble> troubles) {
    this.around = around;
    this.kinship = new Kinship(around);
    for (Trouble trouble : troubles) {
      if (!trouble.isSecurity()) {
        faults.put(trouble.resourceId(), trouble);
        byNode
            .computeIfAbsent(Services.node(trouble), none -> new TreeMap<>())
            .computeIfAbsent(Kinship.stage(trouble), none -> new ArrayList<>())
            .add(trouble);
      }
    }
  }

  /** The groups, in the order of their causes. */
  static List<Group> of(Surroundings around, Collection<Trouble> troubles) {
    return new Partition(around, troubles).groups(troubles);
  }

  private List<Group> groups(Collection<Trouble> troubles) {
    faults.values().forEach(this::explain);
    Map<Trouble, Trouble> roots = new HashMap<>();
    troubles.forEach(trouble -> roots.put(trouble, root(trouble)));
    Siblings siblings = new Siblings(around, TOGETHER);
    List<Trouble> causes = roots.values().stream().distinct().sorted().toList();
    causes.forEach(siblings::add);
    siblings.link();
    Map<Trouble, List<Trouble>> members = new TreeMap<>();
    for (Trouble trouble : troubles) {
      Trouble head = siblings.head(roots.get(trouble));
      members.computeIfAbsent(head, none -> new ArrayList<>()).add(trouble);
    }
    List<Group> groups = new ArrayList<>();
    members.forEach((head, all) -> groups.add(group(head, all, siblings)));
    return groups;
  }

  private Group group(Trouble head, List<Trouble> all, Siblings siblings) {
    List<Group.Joined> joined = new ArrayList<>();
    joined.add(new Group.Joined(head, ""));
    all.stream()
        .filter(trouble -> !trouble.equals(head))
        .sorted()
        .forEach(
            trouble ->
                joined.add(
                    new Group.Joined(
                        trouble,
                        relations.containsKey(trouble)
                            ? relations.get(trouble)
                            : siblings.words(trouble, head))));
    return new Group(head, joined, siblings.headline(head));
  }

  private void explain(Trouble effect) {
    Trouble best = null;
    Kinship.Tie bestTie = null;
    for (Trouble cause : candidates(effect)) {
      Kinship.Tie tie = kinship.explains(cause, effect).orElse(null);
      if (tie != null
          && (best == null
              || tie.rank() < bestTie.rank()
              || tie.rank() == bestTie.rank() && cause.compareTo(best) < 0)) {
        best = cause;
        bestTie = tie;
      }
    }
    if (best != null) {
      parents.put(effect, best);
      relations.put(effect, bestTie.words().get());
    }
  }

  private Set<Trouble> candidates(Trouble effect) {
    Set<Trouble> found = new HashSet<>();
    around.grounds(effect).forEach(id -> add(found, faults.get(id)));
    String node = Services.node(effect);
    if (byNode.containsKey(node)) {
      byNode.get(node).headMap(Kinship.stage(effect)).values().forEach(found::addAll);
    }
    for (String name : around.dependencies(node)) {
      if (byNode.containsKey(name)) {
        byNode.get(name).values().forEach(found::addAll);
      }
    }
    return found;
  }

  private static void add(Set<Trouble> found, Trouble trouble) {
    if (trouble != null) {
      found.add(trouble);
    }
  }

  /** Explanations may run in circles, as dependencies do: then the first in order is the root. */
  private Trouble root(Trouble trouble) {
    List<Trouble> path = new ArrayList<>();
    Trouble at = trouble;
    while (parents.containsKey(at) && !path.contains(at)) {
      path.add(at);
      at = parents.get(at);
    }
    if (!path.contains(at)) {
      return at;
    }
    Trouble first =
        path.subList(path.indexOf(at), path.size()).stream().min(Comparator.naturalOrder()).get();
    relations.remove(first);
    return first;
  }
}
