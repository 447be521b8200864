package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.ExternalAlert;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExternalAlertFunctionTest {

  private final Records records = new Records();
  private KeyedOneInputStreamOperatorTestHarness<String, RawRecord, Alert> harness;

  ExternalAlertFunctionTest() throws Exception {
    start(null, 0);
  }

  private void start(OperatorSubtaskState restored, double second) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new ExternalAlertFunction(new JobParts(Records.CLUSTER, Clock.systemUTC()))),
            RawRecord::key,
            Types.STRING,
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

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void send(double startsAt, double endsAt, String summary) throws Exception {
    ExternalAlert alert =
        ExternalAlert.newBuilder()
            .setId("a")
            .setLabels(Map.of("alertname", "Down", "instance", "web-1"))
            .setAnnotations(Map.of("summary", summary))
            .setStartsAt(Records.at(startsAt))
            .setEndsAt(Records.at(endsAt))
            .setReceivedAt(Records.at(startsAt))
            .build();
    harness.processElement(records.of(Topics.EXTERNAL_ALERTS, alert), 0);
  }

  private void clock(double second) throws Exception {
    harness.setProcessingTime(Records.at(second).toEpochMilli());
  }

  private List<AlertState> states() {
    return harness.extractOutputValues().stream().map(Alert::getState).toList();
  }

  @Test
  void whatIsSaidAgainAndAgainFiresOnce() throws Exception {
    send(0, 60, "down");
    clock(30);
    send(0, 90, "down");
    clock(80);
    assertThat(states()).containsExactly(AlertState.FIRING);
  }

  @Test
  void whatIsNotSaidAnyMoreClearsAtItsEndAndLeavesNothing() throws Exception {
    send(0, 60, "down");
    clock(61);
    assertThat(states()).containsExactly(AlertState.FIRING, AlertState.CLEARED);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void aResolveClearsAtOnceAndOneOfSomethingUnknownDoesNothing() throws Exception {
    clock(5);
    send(0, 4, "was never heard of");
    assertThat(states()).isEmpty();
    send(5, 60, "down");
    clock(10);
    send(5, 9, "down");
    assertThat(states()).containsExactly(AlertState.FIRING, AlertState.CLEARED);
  }

  @Test
  void whatOverlapsGoesOnAndWhatComesBackIsAnotherEpisode() throws Exception {
    send(0, 60, "down");
    clock(20);
    send(20, 80, "down");
    assertThat(states()).containsExactly(AlertState.FIRING);
    clock(81);
    send(100, 160, "down");
    assertThat(states()).containsExactly(AlertState.FIRING, AlertState.CLEARED, AlertState.FIRING);
  }

  @Test
  void theEndIsKeptAcrossARestart() throws Exception {
    send(0, 60, "down");
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    start(snapshot, 30);
    clock(61);
    assertThat(states()).containsExactly(AlertState.CLEARED);
  }
}
