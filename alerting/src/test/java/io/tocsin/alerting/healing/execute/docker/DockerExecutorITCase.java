package io.tocsin.alerting.healing.execute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.ByteSize;
import io.tocsin.alerting.healing.execute.MemoryStep;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.docker.DockerSpec.CpuStep;
import io.tocsin.alerting.healing.execute.docker.DockerSpec.Operation;
import io.tocsin.alerting.healing.execute.docker.DockerSpec.Replicas;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a real Docker daemon. */
@Timeout(120)
class DockerExecutorITCase {

  private static final String FOREVER = "while :; do sleep 1; done";

  private static ActionExecutor executor(Operation operation) {
    return new DockerExecutor(
        new DockerSpec(operation, null, null, null, null, Duration.ofSeconds(1)));
  }

  private static Order order(String object, String planId) {
    return new Order(
        "heal-it", "container/it", object, planId, "incident-1", 1, 7, Duration.ofSeconds(40));
  }

  private static void assertSucceeded(ActionOutcome outcome) {
    assertThat(outcome.succeeded()).as(outcome.reason()).isTrue();
  }

  @Test
  void aKilledContainerIsStarted() throws Exception {
    String name = RealDocker.unique("tocsin-heal-");
    try (RealDocker docker = new RealDocker();
        ActionExecutor executor = executor(Operation.START)) {
      docker.run(name, FOREVER, "{}");
      docker.kill(name);
      await().until(() -> docker.status(name).equals("exited"));

      TargetState seen = executor.look(order(name, "plan-1"));
      assertThat(seen.words()).startsWith(name + " is exited, exit code 137");
      assertThat(seen.owner()).isEmpty();
      assertSucceeded(executor.execute(order(name, "plan-1")));

      assertThat(docker.status(name)).isEqualTo("running");
    }
  }

  @Test
  void aRunningContainerIsRestarted() throws Exception {
    String name = RealDocker.unique("tocsin-heal-");
    try (RealDocker docker = new RealDocker();
        ActionExecutor executor = executor(Operation.RESTART)) {
      docker.run(name, FOREVER, "{}");
      JsonNode before = docker.inspect(name).path("State").path("StartedAt");

      assertSucceeded(executor.execute(order(name, "plan-1")));

      assertThat(docker.status(name)).isEqualTo("running");
      assertThat(docker.inspect(name).path("State").path("StartedAt")).isNotEqualTo(before);
    }
  }

  @Test
  void whatDockerRestartsItselfOrWasStoppedByHandHasAnOwner() throws Exception {
    String crashing = RealDocker.unique("tocsin-heal-");
    String stopped = RealDocker.unique("tocsin-heal-");
    String policy = "{\"HostConfig\": {\"RestartPolicy\": {\"Name\": \"unless-stopped\"}}}";
    try (RealDocker docker = new RealDocker();
        ActionExecutor executor = executor(Operation.RESTART)) {
      docker.run(crashing, "sleep 0.2; exit 3", policy);
      docker.run(stopped, FOREVER, policy);
      assertThat(executor.look(order(stopped, "plan-1")).owner()).isEmpty();
      docker.kill(stopped);

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(executor.look(order(crashing, "plan-1")).owner())
                      .contains("docker restarts it itself (restart policy unless-stopped)"));
      await()
          .untilAsserted(
              () ->
                  assertThat(executor.look(order(stopped, "plan-1")).owner().orElse(""))
                      .contains("somebody has stopped it"));
    }
  }

  @Test
  void anUnhealthyContainerIsNobodysElse() throws Exception {
    String name = RealDocker.unique("tocsin-heal-");
    String check =
        """
        {"Healthcheck": {"Test": ["CMD", "/bin/sh", "-c", "exit 1"], "Interval": 300000000,
                         "Timeout": 5000000000, "Retries": 1},
         "HostConfig": {"RestartPolicy": {"Name": "always"}}}
        """;
    try (RealDocker docker = new RealDocker();
        ActionExecutor executor = executor(Operation.RESTART)) {
      docker.run(name, FOREVER, check);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> executor.look(order(name, "plan-1")).words().contains("running, unhealthy"));
      assertThat(executor.look(order(name, "plan-1")).owner()).isEmpty();
    }
  }

  @Test
  void limitsAreRaisedWithinTheirBoundAndPutBack() throws Exception {
    String name = RealDocker.unique("tocsin-heal-");
    DockerSpec spec =
        new DockerSpec(
            Operation.LIMITS,
            null,
            new CpuStep(0.25, 0.9),
            new MemoryStep(ByteSize.parse("32MiB"), ByteSize.parse("80MiB")),
            null,
            null);
    try (RealDocker docker = new RealDocker();
        ActionExecutor executor = new DockerExecutor(spec)) {
      docker.run(
          name, FOREVER, "{\"HostConfig\": {\"Memory\": 67108864, \"NanoCpus\": 500000000}}");
      JsonNode before = docker.inspect(name).path("HostConfig");
      TargetState seen = executor.look(order(name, "plan-1"));

      assertSucceeded(executor.execute(order(name, "plan-1")));
      JsonNode raised = docker.inspect(name).path("HostConfig");
      assertThat(raised.path("Memory").asLong()).isEqualTo(80L << 20);
      assertThat(raised.path("NanoCpus").asLong()).isEqualTo(750_000_000);
      assertThat(executor.execute(order(name, "plan-1")).succeeded()).isFalse();
      assertSucceeded(executor.execute(order(name, "plan-2")));
      assertThat(docker.inspect(name).path("HostConfig").path("NanoCpus").asLong())
          .isEqualTo(900_000_000);
      assertThat(executor.execute(order(name, "plan-3")).reason()).contains("as much as it may");

      Optional<ActionOutcome> compensation = executor.compensate(order(name, "plan-1"), seen);
      assertSucceeded(compensation.orElseThrow());
      assertThat(docker.inspect(name).path("HostConfig")).isEqualTo(before);
    }
  }

  @Test
  void aComposeServiceGetsOneMoreContainerLikeTheOthers() throws Exception {
    String project = RealDocker.unique("it");
    String network = project + "_default";
    DockerSpec spec =
        new DockerSpec(Operation.SCALE, null, null, null, new Replicas(1, 3), Duration.ZERO);
    try (RealDocker docker = new RealDocker();
        ActionExecutor executor = new DockerExecutor(spec)) {
      docker.network(network);
      for (int number = 1; number <= 2; number++) {
        docker.run(
            project + "-web-" + number,
            FOREVER,
            """
            {"Env": ["SHOP=till"],
             "Labels": {"com.docker.compose.project": "%s", "com.docker.compose.service": "web",
                        "com.docker.compose.container-number": "%d"},
             "HostConfig": {"NetworkMode": "%s", "Memory": 33554432, "Binds": ["/tmp:/data:ro"]},
             "NetworkingConfig": {"EndpointsConfig": {"%s": {"Aliases": ["web"]}}}}
            """
                .formatted(project, number, network, network));
      }
      String third = project + "-web-3";
      String object = project + "/web";
      try {
        TargetState seen = executor.look(order(object, "plan-1"));
        assertThat(seen.words()).isEqualTo(object + " has 2 containers, 2 of them running");
        assertSucceeded(executor.execute(order(object, "plan-1")));

        JsonNode made = docker.inspect(third);
        JsonNode model = docker.inspect(project + "-web-2");
        assertThat(made.path("State").path("Status").asText()).isEqualTo("running");
        for (String field : new String[] {"Env", "Cmd", "Image", "Entrypoint"}) {
          assertThat(made.path("Config").path(field)).isEqualTo(model.path("Config").path(field));
        }
        assertThat(made.path("HostConfig")).isEqualTo(model.path("HostConfig"));
        assertThat(made.path("Config").path("Hostname"))
            .isNotEqualTo(model.path("Config").path("Hostname"));
        JsonNode labels = made.path("Config").path("Labels");
        assertThat(labels.path("com.docker.compose.container-number").asText()).isEqualTo("3");
        assertThat(labels.path("io.tocsin.plan").asText()).isEqualTo("plan-1");
        assertThat(made.path("NetworkSettings").path("Networks").path(network).path("Aliases"))
            .extracting(JsonNode::asText)
            .contains("web")
            .doesNotContain(project + "-web-2");

        assertThat(executor.execute(order(object, "plan-1")).reason())
            .contains("made for this plan already");
        assertThat(executor.execute(order(object, "plan-2")).reason())
            .contains("replicas.most is 3");

        assertThat(executor.compensate(order(object, "plan-2"), seen).orElseThrow().reason())
            .startsWith("removed 0 containers");
        assertThat(docker.status(third)).isEqualTo("running");
        assertSucceeded(executor.compensate(order(object, "plan-1"), seen).orElseThrow());
        assertThat(catchThrowable(() -> docker.inspect(third))).hasMessageContaining("404");
        assertThat(docker.status(project + "-web-2")).isEqualTo("running");
      } finally {
        executor.compensate(order(object, "plan-1"), TargetState.of("the test is over"));
      }
    }
  }
}
