package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.demo.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration, on real parts, in a process of its own. */
class DemoITCase {

  @TempDir Path directory;

  @Test
  void aKilledServiceIsNoticedRestartedVerifiedResolvedAndRecorded() throws Exception {
    try (TocsinProcess demo =
        TocsinProcess.start(
            directory, "demo", "--json", "--data-dir", directory.resolve("data").toString())) {
      assertThat(demo.exitCode(Duration.ofMinutes(3))).as(demo.errors()).isZero();

      JsonNode figures = new ObjectMapper().readTree(demo.output());
      List<JsonNode> steps = figures.path("steps").findValues("step");
      assertThat(steps)
          .extracting(JsonNode::asText)
          .containsExactlyElementsOf(Arrays.stream(Step.values()).map(Step::name).toList());
      List<Long> times =
          figures.path("steps").findValues("afterKillMs").stream().map(JsonNode::asLong).toList();
      assertThat(times).as("each step comes after the one before").isSorted();
      // Where a person reads test output, the figures are what they look for.
      System.out.println(demo.output());
    }
  }

  @Test
  void nothingIsLeftRunningAfterwards() throws Exception {
    List<ProcessHandle> tree;
    try (TocsinProcess demo =
        TocsinProcess.start(
            directory, "demo", "--keep", "--data-dir", directory.resolve("data").toString())) {
      await().atMost(Duration.ofMinutes(3)).until(() -> demo.output().contains("still running"));
      tree = demo.tree();
      demo.stop();
      assertThat(demo.exitCode(Duration.ofSeconds(60))).isZero();
    }
    assertThat(tree).hasSizeGreaterThan(1);
    // A child that was killed may end a moment after who killed it.
    await().until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
  }
}
