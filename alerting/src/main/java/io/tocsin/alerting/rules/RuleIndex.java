package io.tocsin.alerting.rules;

import io.tocsin.alerting.glob.Glob;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.ResourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the rules that judge an observation, at the cost of those that may and not of all.
 *
 * <p>A rule that names resources without a {@code *} is kept under each of them; otherwise under
 * the services that it names so; otherwise under its kinds; otherwise with those of its signal that
 * are looked at each time. Its size does not depend on which observations there are.
 */
public final class RuleIndex {

  private final Map<SignalKind, Shelf> shelves = new EnumMap<>(SignalKind.class);

  /** The rules of one signal. */
  private static final class Shelf {
    private final Map<String, List<RuleSelection>> byResource = new HashMap<>();
    private final Map<String, List<RuleSelection>> byService = new HashMap<>();
    private final Map<ResourceKind, List<RuleSelection>> byKind = new EnumMap<>(ResourceKind.class);
    private final List<RuleSelection> others = new ArrayList<>();

    void add(Rule rule) {
      RuleSelection selection = new RuleSelection(rule);
      Selector select = rule.select();
      if (areExact(select.resources())) {
        put(byResource, select.resources(), selection);
      } else if (areExact(select.services())) {
        put(byService, select.services(), selection);
      } else if (!select.kinds().isEmpty()) {
        put(byKind, select.kinds(), selection);
      } else {
        others.add(selection);
      }
    }

    private static boolean areExact(List<String> globs) {
      return !globs.isEmpty() && globs.stream().allMatch(Glob::isExact);
    }

    private static <K> void put(
        Map<K, List<RuleSelection>> map, List<K> keys, RuleSelection selection) {
      keys.stream()
          .distinct()
          .forEach(key -> map.computeIfAbsent(key, none -> new ArrayList<>()).add(selection));
    }
  }

  /** An index of these rules. */
  public RuleIndex(Collection<Rule> rules) {
    rules.stream()
        .sorted(Comparator.comparing(Rule::name))
        .forEach(rule -> shelves.computeIfAbsent(rule.signal(), none -> new Shelf()).add(rule));
  }

  /** The rules that judge an observation; in an order that only depends on the rules. */
  public List<Rule> matching(Observation observation) {
    Shelf shelf = shelves.get(observation.kind());
    if (shelf == null) {
      return List.of();
    }
    List<Rule> found = new ArrayList<>();
    collect(shelf.byResource.get(observation.resourceId()), observation, found);
    if (observation.service() != null) {
      collect(shelf.byService.get(observation.service()), observation, found);
    }
    collect(shelf.byKind.get(observation.resourceKind()), observation, found);
    collect(shelf.others, observation, found);
    return found;
  }

  /** How many rules have to be looked at for an observation: what it costs. */
  int candidates(Observation observation) {
    Shelf shelf = shelves.get(observation.kind());
    return shelf == null
        ? 0
        : size(shelf.byResource.get(observation.resourceId()))
            + size(
                observation.service() == null ? null : shelf.byService.get(observation.service()))
            + size(shelf.byKind.get(observation.resourceKind()))
            + shelf.others.size();
  }

  private static int size(List<RuleSelection> candidates) {
    return candidates == null ? 0 : candidates.size();
  }

  private static void collect(
      List<RuleSelection> candidates, Observation observation, List<Rule> found) {
    if (candidates != null) {
      for (RuleSelection candidate : candidates) {
        if (candidate.matches(observation)) {
          found.add(candidate.rule());
        }
      }
    }
  }
}
