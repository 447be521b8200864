package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.delivery.RolloutPlan;
import io.tocsin.delivery.signal.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutLoaderTest {

  @TempDir Path directory;

  private Path file(String text) throws Exception {
    return Files.writeString(directory.resolve("plan.yaml"), text);
  }

  @Test
  void whatIsNotSaidIsAsUsual() throws Exception {
    RolloutPlan plan =
        new RolloutLoader()
            .load(
                file(
                    """
                    api: ["http://127.0.0.1:18080"]
                    deploy: {run: [./put, "{target}", "{version}"]}
                    targets: [{name: a, health: "http://127.0.0.1:18082"}]
                    steps: [{name: all, targets: [a], bake: 1m}]
                    """));
    assertThat(plan.back()).isEqualTo(plan.deploy());
    assertThat(plan.state()).isEqualTo(directory.resolve("rollout"));
    assertThat(plan.checks()).isEqualTo(RolloutPlan.Checks.DEFAULT);
    assertThat(plan.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(plan.steps())
        .containsExactly(new RolloutPlan.Step("all", List.of("a"), Duration.ofMinutes(1)));
  }

  @Test
  void theSampleIsGood() throws Exception {
    RolloutPlan plan = new RolloutLoader().load(Path.of("..", "deploy", "delivery", "plan.yaml"));
    assertThat(plan.steps()).extracting(RolloutPlan.Step::name).startsWith("canary");
  }

  @Test
  void everythingThatIsWrongWithTheFormIsToldAtOnce() throws Exception {
    ConfigException bad =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                new RolloutLoader()
                    .load(
                        file(
                            """
                            api: ["ftp://x"]
                            deploy: {run: []}
                            targets: [{name: "../etc"}]
                            steps: [{name: a, targets: [a], bake: soon}]
                            colour: blue
                            """)));
    assertThat(bad.problems())
        .extracting(ConfigProblem::key)
        .contains("api[0]", "deploy.run", "targets[0].name", "steps[0].bake", "colour");
  }

  @Test
  void everythingThatMakesNoSenseIsToldAtOnce() throws Exception {
    ConfigException bad =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                new RolloutLoader()
                    .load(
                        file(
                            """
                            api: ["http://x"]
                            deploy: {run: [./put, "{target}"]}
                            targets: [{name: a}, {name: a}, {name: b}]
                            watch: [{name: b}]
                            steps:
                              - {name: one, targets: [a], bake: 1s}
                              - {name: one, targets: [a, c], bake: 1s}
                            """)));
    assertThat(bad.getMessage())
        .contains(
            "deploy.run: must hold {version}",
            "targets[1].name: is named twice",
            "watch[0].name: is named twice",
            "steps[1].name: is the name of an earlier step",
            "steps[1].targets[0]: is in a step already",
            "steps[1].targets[1]: is no target; targets names a, b",
            "names no step for b");
  }
}
