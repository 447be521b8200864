package io.tocsin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tocsin.schemas.Policy;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.PolicyRule;
import io.tocsin.schemas.Severity;
import io.tocsin.streams.policy.PolicyCompiler;
import io.tocsin.streams.policy.PolicyCompiler.Compilation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a file of container policies. All problems are found before any is reported: first those of
 * form, by the JSON schema, then those that the streams would refuse a policy for.
 */
public final class PolicyLoader {

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ConfigLoader.resource(PolicyLoader.class, "policies.schema.json"));

  /**
   * Reads a file. The version of each policy is 1; whoever writes it to the topic counts on.
   *
   * @throws ConfigException with every problem of the file
   */
  public List<Policy> load(Path file) throws ConfigException {
    ConfigTree tree = new ConfigLoader().parse(file);
    List<ConfigProblem> problems = new ArrayList<>();
    for (Error error : schema.validate(tree.root())) {
      problems.add(tree.problem(ConfigLoader.pointerTo(error), ConfigLoader.sentence(error)));
    }
    List<Policy> policies = new ArrayList<>();
    if (problems.isEmpty()) {
      tree.root().path("policies").forEach(node -> policies.add(policy(node)));
      problems.addAll(problems(tree, policies));
    }
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(ConfigProblem::line).thenComparing(ConfigProblem::key));
      throw new ConfigException(problems);
    }
    return policies;
  }

  private static List<ConfigProblem> problems(ConfigTree tree, List<Policy> policies) {
    List<ConfigProblem> problems = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < policies.size(); i++) {
      String at = "/policies/" + i;
      if (!ids.add(policies.get(i).getId())) {
        problems.add(tree.problem(at + "/id", "is the id of an earlier policy"));
      }
      if (PolicyCompiler.compile(policies.get(i)) instanceof Compilation.Refused refused) {
        refused
            .problems()
            .forEach(each -> problems.add(tree.problem(at + each.pointer(), each.message())));
      }
    }
    return problems;
  }

  private static Policy policy(JsonNode node) {
    List<PolicyRule> rules = new ArrayList<>();
    node.path("rules").forEach(rule -> rules.add(rule(rule)));
    return Policy.newBuilder()
        .setId(node.path("id").asText())
        .setVersion(1)
        .setEnabled(node.path("enabled").asBoolean(true))
        .setOrder(node.path("order").asInt(0))
        .setDescription(node.path("description").asText(""))
        .setRules(rules)
        .build();
  }

  private static PolicyRule rule(JsonNode node) {
    return PolicyRule.newBuilder()
        .setName(node.path("name").asText())
        .setResource(node.path("resource").asText("*"))
        .setAction(node.path("action").asText("*"))
        .setCondition(node.path("condition").asText(""))
        .setEffect(PolicyEffect.valueOf(constant(node.path("effect").asText())))
        .setSeverity(Severity.valueOf(constant(node.path("severity").asText("unspecified"))))
        .build();
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
