package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alerting.healing.signature.PlanKeys;
import io.tocsin.alerting.healing.signature.PlanVerifier;
import io.tocsin.alerting.incidents.HealPolicy;
import io.tocsin.alerting.job.AlertingConfig.AllowedAction;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Incident;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedPlansTest {

  @TempDir Path directory;
  private KeyedOneInputStreamOperatorTestHarness<Integer, BookInput, Incident> harness;

  private void make(Path key) throws Exception {
    AlertingConfig config =
        new AlertingConfig(
            List.of(),
            List.of(new AllowedAction("restart", List.of("endpoint/shop"), HealPolicy.DEFAULT)),
            List.of(),
            Duration.ZERO,
            key.toString());
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new IncidentBookFunction(config, new JobParts(Records.CLUSTER, Clock.systemUTC()))),
            input -> 0,
            Types.INT,
            JobSettings.MAX_PARALLELISM,
            1,
            0);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void plansLeaveTheJobSignedAndWithWhatAsksForThem() throws Exception {
    PlanKeys keys = PlanKeys.createMissing(directory);
    make(keys.privateKey());
    harness.open();
    Alert alert =
        Alert.newBuilder(IncidentBench.down("endpoint/shop", 0)).setUnavailable(true).build();
    harness.processElement(BookInput.of(alert), 0);
    HealPlan plan = harness.getSideOutput(Outputs.PLANS).remove().getValue();
    assertThat(PlanVerifier.ofFile(keys.publicKey(), true).objection(plan)).isEmpty();
    assertThat(plan.getAlertId()).isEqualTo(alert.getId());
    assertThat(plan.getRule()).isEqualTo(alert.getRule());
    plan.setTargetId("endpoint/other");
    assertThat(PlanVerifier.ofFile(keys.publicKey(), true).objection(plan)).isPresent();
  }

  @Test
  void aKeyThatIsNotThereStopsTheJobAndSaysWhichFile() throws Exception {
    make(directory.resolve("none.key"));
    assertThatThrownBy(harness::open).rootCause().hasMessageContaining("none.key");
  }
}
