package io.tocsin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tocsin.delivery.RolloutPlan;
import io.tocsin.delivery.RolloutPlan.Checks;
import io.tocsin.delivery.RolloutPlan.Command;
import io.tocsin.delivery.RolloutPlan.Step;
import io.tocsin.delivery.RolloutPlan.Target;
import io.tocsin.delivery.signal.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a plan of a rollout. All problems are found before any is reported: first those of form, by
 * the JSON schema, then those of sense.
 */
public final class RolloutLoader {

  private static final Duration COMMAND_WITHIN = Duration.ofSeconds(60);

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ConfigLoader.resource(RolloutLoader.class, "rollout.schema.json"));

  /**
   * Reads a file.
   *
   * @throws ConfigException with every problem of the file
   */
  public RolloutPlan load(Path file) throws ConfigException {
    ConfigTree tree = new ConfigLoader().parse(file);
    List<ConfigProblem> problems = new ArrayList<>();
    for (Error error : schema.validate(tree.root())) {
      problems.add(tree.problem(ConfigLoader.pointerTo(error), ConfigLoader.sentence(error)));
    }
    if (problems.isEmpty()) {
      problems.addAll(problems(tree));
    }
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(ConfigProblem::line).thenComparing(ConfigProblem::key));
      throw new ConfigException(problems);
    }
    return plan(file.toAbsolutePath().normalize().getParent(), tree.root());
  }

  private static List<ConfigProblem> problems(ConfigTree tree) {
    List<ConfigProblem> problems = new ArrayList<>();
    Set<String> targets = names(tree, "targets", new HashSet<>(), problems);
    names(tree, "watch", targets, problems);
    Set<String> planned = new HashSet<>();
    Set<String> steps = new HashSet<>();
    JsonNode all = tree.root().path("steps");
    for (int i = 0; i < all.size(); i++) {
      if (!steps.add(all.get(i).path("name").asText())) {
        problems.add(tree.problem("/steps/" + i + "/name", "is the name of an earlier step"));
      }
      for (int j = 0; j < all.get(i).path("targets").size(); j++) {
        String at = "/steps/" + i + "/targets/" + j;
        String name = tree.root().at(at).asText();
        if (!targets.contains(name)) {
          problems.add(tree.problem(at, "is no target; targets names " + sorted(targets)));
        } else if (!planned.add(name)) {
          problems.add(tree.problem(at, "is in a step already; a target gets a version once"));
        }
      }
    }
    targets.stream()
        .filter(name -> !planned.contains(name))
        .sorted()
        .forEach(
            name ->
                problems.add(
                    tree.problem("/steps", "names no step for " + name + ", which is a target")));
    if (!tree.root().path("deploy").path("run").toString().contains(RolloutPlan.VERSION)) {
      problems.add(
          tree.problem(
              "/deploy/run", "must hold {version} somewhere, or it could not know which one"));
    }
    return problems;
  }

  private static Set<String> names(
      ConfigTree tree, String section, Set<String> taken, List<ConfigProblem> problems) {
    Set<String> own = new HashSet<>();
    JsonNode all = tree.root().path(section);
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(i).path("name").asText();
      if (taken.contains(name) || !own.add(name)) {
        problems.add(tree.problem("/" + section + "/" + i + "/name", "is named twice"));
      }
    }
    return own;
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  private static RolloutPlan plan(Path directory, JsonNode root) {
    Command deploy = command(root.path("deploy"));
    return new RolloutPlan(
        directory,
        directory.resolve(root.path("state").asText("rollout")),
        texts(root.path("api")).stream().map(URI::create).toList(),
        root.has("token-file") ? directory.resolve(root.path("token-file").asText()) : null,
        deploy,
        root.has("back") ? command(root.path("back")) : deploy,
        targets(root.path("targets")),
        targets(root.path("watch")),
        steps(root.path("steps")),
        checks(root.path("checks")),
        limits(root.path("limits")));
  }

  private static Command command(JsonNode node) {
    return new Command(texts(node.path("run")), duration(node, "within", COMMAND_WITHIN));
  }

  private static Map<String, Target> targets(JsonNode nodes) {
    Map<String, Target> targets = new LinkedHashMap<>();
    nodes.forEach(
        node -> {
          String name = node.path("name").asText();
          URI health = node.has("health") ? URI.create(node.path("health").asText()) : null;
          targets.put(name, new Target(name, health));
        });
    return targets;
  }

  private static List<Step> steps(JsonNode nodes) {
    List<Step> steps = new ArrayList<>();
    nodes.forEach(
        node ->
            steps.add(
                new Step(
                    node.path("name").asText(),
                    texts(node.path("targets")),
                    duration(node, "bake", Duration.ZERO))));
    return steps;
  }

  private static Checks checks(JsonNode node) {
    Checks usual = Checks.DEFAULT;
    return new Checks(
        duration(node, "before", usual.before()),
        duration(node, "every", usual.every()),
        node.path("tolerate").asInt(usual.tolerate()),
        duration(node, "ready-within", usual.readyWithin()),
        duration(node, "back-bake", usual.backBake()));
  }

  private static Limits limits(JsonNode node) {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        node.path("lag").asLong(usual.lag()),
        duration(node, "lag-stalled", usual.lagStalled()),
        node.path("dead-letters").asLong(usual.deadLetters()),
        node.path("refusals").asLong(usual.refusals()),
        node.path("troubles").asLong(usual.troubles()),
        node.has("services") ? texts(node.path("services")) : usual.services(),
        node.has("rules") ? texts(node.path("rules")) : usual.rules());
  }

  private static List<String> texts(JsonNode nodes) {
    List<String> texts = new ArrayList<>();
    nodes.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  private static Duration duration(JsonNode node, String key, Duration usual) {
    return node.has(key) ? DurationText.parse(node.path(key).asText()) : usual;
  }
}
