package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.ShadowReport;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ShadowFunctionTest {

  private static final String LIVE = "signal: health\nwhen: \"!up\"";

  private final Records records = new Records();

  /** The operator. */
  private static final class Bench implements AutoCloseable {
    private final KeyedBroadcastOperatorTestHarness<Integer, Alert, RawRecord, ShadowReport>
        harness;

    Bench(OperatorSubtaskState restored) throws Exception {
      ShadowFunction function =
          new ShadowFunction(
              new AlertingConfig(List.of(), List.of()),
              new JobParts(Records.CLUSTER, Clock.systemUTC()));
      harness =
          new KeyedBroadcastOperatorTestHarness<>(
              new CoBroadcastWithKeyedOperator<>(function, List.of(RulesInForce.STATE)),
              alert -> 0,
              Types.INT,
              JobSettings.MAX_PARALLELISM,
              1,
              0);
      harness.setup();
      if (restored != null) {
        harness.initializeState(restored);
      }
      harness.open();
    }

    Bench news(RawRecord raw) throws Exception {
      harness.processBroadcastElement(raw, 0);
      return this;
    }

    Bench alert(Alert alert) throws Exception {
      harness.processElement(alert, 0);
      return this;
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

  private static Alert down(String rule, String id, double second) {
    return Alert.newBuilder(IncidentBench.down(id, second))
        .setRule(rule)
        .setShadow(!rule.equals("down"))
        .setId(rule + id + second)
        .build();
  }

  @Test
  void aShadowIsComparedWithTheLiveRuleAcrossARestore() throws Exception {
    try (Bench first = new Bench(null)) {
      first
          .news(records.rule("down", LIVE))
          .news(records.rule("next", LIVE + "\nshadow-of: down"))
          .alert(down("down", "endpoint/shop", 1));
      try (Bench restored = new Bench(first.harness.snapshot(1, 1))) {
        restored.alert(down("next", "endpoint/shop", 1));
        ShadowReport report = last(restored.harness.extractOutputValues());
        assertThat(report.getName()).isEqualTo("next");
        assertThat(report.getBoth()).isEqualTo(1);
      }
    }
  }

  @Test
  void aShadowThatIsRemovedLeavesNothing() throws Exception {
    try (Bench bench = new Bench(null)) {
      bench
          .news(records.rule("next", LIVE + "\nshadow-of: down"))
          .alert(down("next", "endpoint/shop", 1));
      assertThat(StateEntries.of(bench.harness.getOperator())).isEqualTo(1);
      bench.news(records.removal(Topics.RULES, "next"));
      assertThat(StateEntries.of(bench.harness.getOperator())).isZero();
    }
  }

  private static ShadowReport last(List<ShadowReport> reports) {
    return reports.get(reports.size() - 1);
  }
}
