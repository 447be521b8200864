package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.BuiltInRules;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.RuleText;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What the evaluating operator costs where there are many resources. */
class EvaluateAtScaleTest {

  private static final String NOW = "signal: application\nwhen: value > 90.0";
  private static final int SERIES = 10;

  @Test
  void anEditedRuleIsInForceForTenThousandResourcesWithinFiveSeconds() throws Exception {
    try (EvaluateBench bench = new EvaluateBench(Records.text("load", NOW))) {
      for (int i = 0; i < 10_000; i++) {
        bench.take(bench.records.value("endpoint/" + i, 1, 95));
      }
      assertThat(bench.alerts()).hasSize(10_000);
      Duration before = worked();
      bench.rule("load", NOW + "\nselect: {resource: endpoint/0}");
      Duration took = worked().minus(before);
      System.out.printf("a rule edited for 10,000 resources: %d ms%n", took.toMillis());
      assertThat(bench.alerts()).as("those that it no longer selects are over").hasSize(19_999);
      assertThat(took).isLessThan(Duration.ofSeconds(5));
    }
  }

  /** By this thread: how long a busy machine lets it wait in between is not what is asked. */
  private static Duration worked() {
    return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  /** In a snapshot, as Flink writes it; with the rules that ship. */
  @Test
  void aResourceThatIsWellTakesTwoKilobytesAtMost() throws Exception {
    int few = 100;
    int many = 1_100;
    long bytes = (stateOf(many) - stateOf(few)) / (many - few);
    System.out.printf(
        "state of a well endpoint with health and %d figures: %d bytes%n", SERIES, bytes);
    assertThat(bytes).isLessThanOrEqualTo(2_048);
  }

  private static long stateOf(int resources) throws Exception {
    try (EvaluateBench bench = new EvaluateBench(shipped())) {
      for (int i = 0; i < resources; i++) {
        String id = "endpoint/" + i;
        bench.resource(id, 1_000);
        for (int second = 1; second <= 3; second++) {
          bench.take(bench.records.probe(id, second, Health.UP));
          for (int series = 0; series < SERIES; series++) {
            bench.take(bench.records.value(id, "figure-" + series, second, 1));
          }
        }
      }
      assertThat(bench.alerts()).isEmpty();
      return bench.snapshot().getStateSize();
    }
  }

  private static RuleText[] shipped() {
    return new RuleReader()
        .readTexts(BuiltInRules.texts()).rules().stream()
            .map(rule -> rule.asText("config", Instant.EPOCH))
            .toArray(RuleText[]::new);
  }

  @Test
  void twoTasksGoOnWithWhatOneHasBegun() throws Exception {
    List<RuleText> rules = List.of(Records.text("down", "signal: health\nwhen: \"!up\""));
    OperatorSubtaskState snapshot;
    try (EvaluateBench one = new EvaluateBench(null, 0, 1, 0, rules)) {
      one.rule("load", NOW);
      for (int i = 0; i < 20; i++) {
        one.take(one.records.probe("endpoint/" + i, 1, Health.DOWN));
      }
      snapshot = one.snapshot();
    }
    List<String> said = new ArrayList<>();
    for (int index = 0; index < 2; index++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              snapshot, JobSettings.MAX_PARALLELISM, 1, 2, index);
      try (EvaluateBench half = new EvaluateBench(part, 10, 2, index, rules)) {
        for (int i = 0; i < 20; i++) {
          String id = "endpoint/" + i;
          if (KeyGroupRangeAssignment.assignKeyToParallelOperator(
                  id, JobSettings.MAX_PARALLELISM, 2)
              == index) {
            half.take(half.records.probe(id, 11, Health.UP));
            half.take(half.records.value(id, 11, 95));
          }
        }
        said.addAll(half.words());
      }
    }
    assertThat(said).hasSize(40).containsOnly("down CLEARED 1", "load FIRING 11");
  }
}
