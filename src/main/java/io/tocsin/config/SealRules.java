package io.tocsin.config;

import io.tocsin.schemas.seal.AgentKey;
import io.tocsin.schemas.seal.FleetSecret;
import io.tocsin.schemas.seal.SealPolicy;
import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** What a JSON schema cannot say of {@code cluster.seal} and {@code agent.seal}. */
final class SealRules {

  private final ConfigTree tree;
  private final List<ConfigProblem> problems;

  SealRules(ConfigTree tree, List<ConfigProblem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  void check(Config config) {
    readable("/agent/seal", config.agent().seal(), AgentKey::parse);
    if (config.cluster() != null && config.cluster().seal() != null) {
      SealPolicy seal = config.cluster().seal();
      readable("/cluster/seal/secret", seal.secret(), FleetSecret::new);
      readable("/cluster/seal/previous", seal.previous(), FleetSecret::new);
    }
  }

  private void readable(String pointer, SecretRef place, Consumer<String> reader) {
    // Environment variables are those of the process that will run, which need not be this one.
    if (place == null || place.file() == null) {
      return;
    }
    try {
      reader.accept(place.read());
    } catch (IOException | IllegalArgumentException unusable) {
      problems.add(tree.problem(pointer, place + ": " + reason(unusable)));
    }
  }

  private static String reason(Exception unusable) {
    return unusable instanceof IllegalArgumentException
        ? unusable.getMessage()
        : "cannot be read here: " + unusable;
  }
}
