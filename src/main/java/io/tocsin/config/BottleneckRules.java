package io.tocsin.config;

import io.tocsin.streams.bottleneck.CatalogueException;
import io.tocsin.streams.bottleneck.ThresholdOverrides;
import io.tocsin.streams.bottleneck.TuningCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a JSON schema cannot say of the block {@code streams.bottlenecks}. */
final class BottleneckRules {

  private static final String BLOCK = "/streams/bottlenecks";

  /** A pattern that can match the id of some resource. */
  private static final Pattern RESOURCE =
      Pattern.compile("(\\*|(host|vm|container|endpoint|service)[/*]).*");

  /** An active bottleneck that is told for each sample is a flood. */
  private static final Duration LEAST_UPDATE = Duration.ofSeconds(1);

  private final ConfigTree tree;
  private final List<ConfigProblem> problems;

  BottleneckRules(ConfigTree tree, List<ConfigProblem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  void check(BottleneckSection bottlenecks) {
    updates(BLOCK + "/defaults", bottlenecks.defaults());
    each("kinds", bottlenecks.kinds());
    each("services", bottlenecks.services());
    each("resources", bottlenecks.resources());
    for (String id : new TreeMap<>(bottlenecks.resources()).keySet()) {
      if (!RESOURCE.matcher(id).matches()) {
        add(
            BLOCK + "/resources/" + ConfigTree.step(id),
            "matches no resource; begin with host/, vm/, container/, endpoint/, service/ or *");
      }
    }
    if (bottlenecks.catalogue() != null) {
      try {
        TuningCatalogue.builtIn().with(bottlenecks.catalogue());
      } catch (CatalogueException refused) {
        refused.problems().forEach(problem -> add(BLOCK + "/catalogue", problem));
      }
    }
  }

  private void each(String key, Map<String, ThresholdOverrides> blocks) {
    new TreeMap<>(blocks)
        .forEach(
            (name, overrides) ->
                updates(BLOCK + "/" + key + "/" + ConfigTree.step(name), overrides));
  }

  private void updates(String pointer, ThresholdOverrides overrides) {
    if (overrides.updateEvery() != null && overrides.updateEvery().compareTo(LEAST_UPDATE) < 0) {
      add(pointer + "/update-every", "is too often; the least is 1s");
    }
  }

  private void add(String pointer, String message) {
    problems.add(tree.problem(pointer, message));
  }
}
