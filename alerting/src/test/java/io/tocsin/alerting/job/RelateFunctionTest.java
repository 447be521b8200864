package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.evaluate.Outcome;
import io.tocsin.alerting.job.Records.StageClock;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.topic.Topics;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RelateFunctionTest {

  private static final String EDGE =
      "signal: latency\ndifference: {field: mean_ms}\nwhen: difference > 100.0";
  private static final String CHAIN =
      "signal: bottleneck\nsequence: {steps: [cpu, slow], within: 5m}";

  /** The operator, and seconds after noon. */
  private static final class Bench implements AutoCloseable {
    private final Records records = new Records();
    private final StageClock clock;
    private final KeyedBroadcastOperatorTestHarness<Integer, RelationInput, RawRecord, Alert>
        harness;

    Bench(OperatorSubtaskState restored, double second) throws Exception {
      clock = new StageClock(Records.at(second));
      RelateFunction function =
          new RelateFunction(
              new AlertingConfig(List.of(), List.of()), new JobParts(Records.CLUSTER, clock));
      harness =
          new KeyedBroadcastOperatorTestHarness<>(
              new CoBroadcastWithKeyedOperator<>(
                  function, List.of(RulesInForce.STATE, RelateFunction.GRAPH)),
              input -> 0,
              Types.INT,
              JobSettings.MAX_PARALLELISM,
              1,
              0);
      harness.setup();
      if (restored != null) {
        harness.initializeState(restored);
      }
      harness.getProcessingTimeService().setCurrentTime(Records.at(second).toEpochMilli());
      harness.open();
    }

    Bench clock(int second) throws Exception {
      clock.set(Records.at(second));
      harness.setProcessingTime(Records.at(second).toEpochMilli());
      return this;
    }

    Bench news(RawRecord raw) throws Exception {
      harness.processBroadcastElement(raw, 0);
      return this;
    }

    Bench resource(String id, String service, String... dependsOn) throws Exception {
      return news(
          records.of(
              Topics.RESOURCES,
              Resource.newBuilder(Records.description(id, 0))
                  .setKind(ResourceKind.CONTAINER)
                  .setService(service)
                  .setDependsOn(List.of(dependsOn))
                  .build()));
    }

    Bench fact(double second, String id, String service, double value) throws Exception {
      Outcome.Fact fact =
          new Outcome.Fact(
              "edge",
              id,
              ResourceKind.CONTAINER,
              "10s",
              service,
              Tier.CORE,
              Records.at(second),
              value,
              null,
              null);
      harness.processElement(RelationInput.of(fact), 0);
      return this;
    }

    Bench alert(String rule, String id, double second) throws Exception {
      Alert alert =
          Alert.newBuilder(IncidentBench.down(id, second))
              .setRule(rule)
              .setId(rule + id + second)
              .setState(AlertState.FIRING)
              .build();
      harness.processElement(RelationInput.of(alert), 0);
      return this;
    }

    List<String> words() {
      return harness.extractOutputValues().stream()
          .map(alert -> alert.getRule() + " " + alert.getState() + " " + alert.getResourceId())
          .toList();
    }

    @Override
    public void close() {
      try {
        harness.close();
      } catch (Exception failed) {
        throw new IllegalStateException("the operator did not close", failed);
      }
    }
  }

  private static Bench shop(Bench bench) throws Exception {
    return bench
        .news(bench.records.rule("edge", EDGE))
        .resource("container/web", "web", "db")
        .resource("container/db", "db");
  }

  private static Bench slow(Bench bench, int second) throws Exception {
    return bench.fact(second, "container/web", "web", 150).fact(second, "container/db", "db", 20);
  }

  @Test
  void ruleAndInventoryOfBroadcastNameTheSlowEndOfACallAlsoAfterARestore() throws Exception {
    try (Bench bench = new Bench(null, 0)) {
      slow(shop(bench), 0);
      assertThat(bench.words()).containsExactly("edge FIRING container/db");
      try (Bench restored = new Bench(bench.harness.snapshot(1, 1), 20)) {
        restored.fact(20, "container/web", "web", 30).fact(20, "container/db", "db", 20);
        assertThat(restored.words()).containsExactly("edge CLEARED container/db");
      }
    }
  }

  @Test
  void whatADifferenceSaidEndsWithItsRuleAndWithItsResource() throws Exception {
    try (Bench bench = new Bench(null, 0)) {
      slow(shop(bench), 0).news(bench.records.removal(Topics.RULES, "edge"));
      slow(bench, 10);
      assertThat(bench.words())
          .containsExactly("edge FIRING container/db", "edge CLEARED container/db");
    }
    try (Bench bench = new Bench(null, 0)) {
      slow(shop(bench), 0).news(bench.records.removal(Topics.RESOURCES, "container/db"));
      assertThat(bench.words())
          .containsExactly("edge FIRING container/db", "edge CLEARED container/db");
    }
  }

  @Test
  void callsThatFallSilentAreUnknownButNotBecauseTheJobStood() throws Exception {
    try (Bench bench = new Bench(null, 0)) {
      slow(shop(bench), 0);
      OperatorSubtaskState snapshot = bench.harness.snapshot(1, 1);
      for (int second = 1; second <= 400; second++) {
        bench.clock(second);
        assertThat(bench.harness.numProcessingTimeTimers()).isLessThanOrEqualTo(1);
      }
      assertThat(bench.words())
          .containsExactly("edge FIRING container/db", "edge UNKNOWN container/db");
      assertThat(bench.harness.numProcessingTimeTimers()).isZero();
      try (Bench restored = new Bench(snapshot, 7_200)) {
        for (int second = 7_201; second < 7_500; second += 5) {
          restored.clock(second);
        }
        assertThat(restored.words()).isEmpty();
      }
    }
  }

  @Test
  void aSequenceHearsOfDifferencesThatAreFoundBesideIt() throws Exception {
    try (Bench bench = new Bench(null, 10)) {
      bench.news(bench.records.rule("chain", CHAIN.replace("slow", "edge")));
      shop(bench).alert("cpu", "container/db", 0);
      slow(bench, 10);
      assertThat(bench.words())
          .containsExactly("edge FIRING container/db", "chain FIRING container/db");
    }
  }

  @Test
  void aSequenceGoesOnAfterARestoreBetweenItsSteps() throws Exception {
    try (Bench bench = new Bench(null, 0)) {
      shop(bench).news(bench.records.rule("chain", CHAIN)).alert("cpu", "container/db", 0);
      try (Bench restored = new Bench(bench.harness.snapshot(1, 1), 30)) {
        restored.alert("slow", "container/web", 30);
        assertThat(restored.words()).containsExactly("chain FIRING container/db");
      }
    }
  }

  @Test
  void sequencesThatNameEachOtherEndThere() throws Exception {
    try (Bench bench = new Bench(null, 0)) {
      shop(bench)
          .news(bench.records.rule("a", CHAIN.replace("[cpu, slow]", "[cpu, b]")))
          .news(bench.records.rule("b", CHAIN.replace("[cpu, slow]", "[cpu, a]")))
          .alert("cpu", "container/db", 0)
          .alert("a", "container/db", 1);
      assertThat(bench.words()).isEmpty();
    }
  }
}
