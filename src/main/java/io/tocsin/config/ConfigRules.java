package io.tocsin.config;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.collectors.health.HealthCheckConfig;
import io.tocsin.schemas.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * What a JSON schema cannot say: names that are used twice, or that name nothing, and times that
 * contradict.
 */
final class ConfigRules {

  private final ConfigTree tree;
  private final List<ConfigProblem> problems = new ArrayList<>();

  ConfigRules(ConfigTree tree) {
    this.tree = tree;
  }

  List<ConfigProblem> check(Config config) {
    unique("/checks/%d/id", config.checks().stream().map(HealthCheckConfig::id).toList());
    unique(
        "/healing/actions/%d/name", config.healing().actions().stream().map(Action::name).toList());
    tiers(config.checks());
    paths(config);
    ports(config.ports());
    streams(config.streams());
    new ClusterRules(tree, problems).check(config.cluster());
    new SealRules(tree, problems).check(config);
    new ServerRules(tree, problems).check(config.server());
    new HistoryRules(tree, problems).check(config.history());
    new TlsRules(tree, problems).check(config);
    Set<String> endpoints =
        config.checks().stream().map(check -> "endpoint/" + check.id()).collect(Collectors.toSet());
    new HealingRules(tree, problems).check(config, endpoints);
    new BottleneckRules(tree, problems).check(config.streams().bottlenecks());
    return problems;
  }

  /** A service is core or it is not, whichever of its endpoints is asked. */
  private void tiers(List<HealthCheckConfig> checks) {
    Map<String, Tier> tiers = new HashMap<>();
    each(
        checks,
        (index, check) -> {
          Tier mine = check.check().tier();
          if (check.service() == null || mine == Tier.UNSPECIFIED) {
            return; // it takes on what another check says of the service
          }
          Tier other = tiers.putIfAbsent(check.service(), mine);
          if (other != null && other != mine) {
            add(
                "/checks/" + index + "/tier",
                "service %s is %s in one check and %s in this one; make them agree"
                    .formatted(check.service(), word(other), word(mine)));
          }
        });
  }

  /** A check and a path of one id would be one resource. */
  private void paths(Config config) {
    if (config.collectors().network() == null) {
      return;
    }
    Set<String> checks =
        config.checks().stream().map(HealthCheckConfig::id).collect(Collectors.toSet());
    each(
        config.collectors().network().paths(),
        (index, path) -> {
          if (checks.contains(path.id())) {
            add(
                "/collectors/network/paths/" + index + "/id",
                path.id() + " is the id of a check too; both would be endpoint/" + path.id());
          }
        });
  }

  private static String word(Tier tier) {
    return tier.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void ports(Config.Ports ports) {
    Map<String, Integer> all = ports.all();
    Map<Integer, String> taken = new HashMap<>();
    all.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              String other = taken.putIfAbsent(all.get(name), name);
              if (other != null) {
                add("/ports/" + name, "is the same port as " + other + ": " + all.get(name));
              }
            });
  }

  /** The other instances have to find this one. */
  private void streams(StreamsSection streams) {
    if (streams.http().host().equals("0.0.0.0")) {
      add(
          "/streams/http/host",
          "names no machine that the other instances could ask; write this machine's own name or"
              + " address");
    }
    if (streams.commitInterval().isZero()) {
      add("/streams/commit-interval", "is no time at all; 100ms is usual");
    }
  }

  private void unique(String pointer, List<String> names) {
    Set<String> seen = new HashSet<>();
    each(
        names,
        (index, name) -> {
          if (!seen.add(name)) {
            add(String.format(pointer, index), name + " is used twice");
          }
        });
  }

  private static <T> void each(List<T> items, BiConsumer<Integer, T> visit) {
    for (int i = 0; i < items.size(); i++) {
      visit.accept(i, items.get(i));
    }
  }

  private void add(String pointer, String message) {
    problems.add(tree.problem(pointer, message));
  }
}
