package io.tocsin.alerting.healing.execute.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.TargetState;
import java.util.Optional;

/**
 * What Docker says of one container (<a
 * href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerInspect">ContainerInspect</a>).
 *
 * @param json the whole answer
 */
record ContainerView(JsonNode json) {

  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_WORDS = 300;
  private static final long MIB = 1L << 20;

  /**
   * Reads an answer.
   *
   * @throws EngineException if it is none
   */
  static ContainerView of(JsonNode answer) throws EngineException {
    if (!answer.path("State").path("Status").isTextual() || !answer.path("Config").isObject()) {
      throw new EngineException(0, "Docker's answer does not look as documented");
    }
    return new ContainerView(answer);
  }

  String name() {
    String name = json.path("Name").asText("");
    return PlainText.head(name.startsWith("/") ? name.substring(1) : name, LONGEST_NAME);
  }

  String status() {
    return PlainText.head(state().path("Status").asText(), LONGEST_NAME);
  }

  boolean isRunning() {
    return state().path("Status").asText().equals("running");
  }

  private JsonNode state() {
    return json.path("State");
  }

  JsonNode host() {
    return json.path("HostConfig");
  }

  /** How it stands, in words, with its limits and who else is at it. */
  TargetState state(String object) {
    return new TargetState(
        PlainText.head(words(object), LONGEST_WORDS), ContainerLimits.of(host()).facts(), owner());
  }

  String words(String object) {
    StringBuilder words = new StringBuilder(object).append(" is ").append(status());
    String health = state().path("Health").path("Status").asText("");
    if (!health.isEmpty() && !health.equals("none")) {
      words.append(", ").append(health);
    }
    if (!isRunning()) {
      words.append(", exit code ").append(state().path("ExitCode").asLong());
    }
    long restarts = json.path("RestartCount").asLong();
    if (restarts > 0) {
      words.append(", restarted by Docker ").append(restarts).append(" times");
    }
    words.append(", started at ").append(state().path("StartedAt").asText("no time"));
    ContainerLimits limits = ContainerLimits.of(host());
    if (limits.memory() > 0) {
      words.append(", memory at most ").append(limits.memory() / MIB).append(" MiB");
    }
    if (limits.cpus() > 0) {
      words.append(", cores at most ").append(limits.cpus());
    }
    return words.append(", image ").append(json.path("Config").path("Image").asText()).toString();
  }

  /**
   * Docker restarts what ends by itself, as its restart policy says, and starts nothing that was
   * stopped by hand; it never does anything about what runs and is unhealthy.
   */
  Optional<String> owner() {
    JsonNode policy = host().path("RestartPolicy");
    String name = policy.path("Name").asText("");
    String words = "restart policy " + (name.isEmpty() ? "no" : PlainText.head(name, LONGEST_NAME));
    return switch (state().path("Status").asText()) {
      case "restarting" -> Optional.of("docker restarts it itself (" + words + ")");
      case "paused" -> Optional.of("somebody has paused it");
      case "removing" -> Optional.of("it is being removed");
      case "exited" ->
          name.isEmpty() || name.equals("no") || gaveUp(policy)
              ? Optional.empty()
              : Optional.of(
                  "docker restarts it itself, or somebody has stopped it (" + words + ")");
      default -> Optional.empty();
    };
  }

  private boolean gaveUp(JsonNode policy) {
    long most = policy.path("MaximumRetryCount").asLong();
    return most > 0 && json.path("RestartCount").asLong() >= most;
  }
}
