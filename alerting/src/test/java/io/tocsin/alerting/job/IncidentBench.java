package io.tocsin.alerting.job;

import io.tocsin.alerting.job.Records.StageClock;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.topic.Topics;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The incident book's operator on the bench: seconds after noon in, what came out so far. */
final class IncidentBench implements AutoCloseable {

  final Records records = new Records();
  private final StageClock clock;
  private final KeyedOneInputStreamOperatorTestHarness<Integer, BookInput, Incident> harness;
  private double second;
  private int commands;

  IncidentBench() throws Exception {
    this(null, 0);
  }

  /** Starts at that second, with what a snapshot holds. */
  IncidentBench(OperatorSubtaskState restored, double second) throws Exception {
    this.second = second;
    clock = new StageClock(Records.at(second));
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new IncidentBookFunction(
                    new AlertingConfig(List.of(), List.of()),
                    new JobParts(Records.CLUSTER, clock))),
            input -> 0,
            Types.INT,
            JobSettings.MAX_PARALLELISM,
            1,
            0);
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    harness.setCheckpointStorage(new JobManagerCheckpointStorage(64 << 20));
    harness.setup();
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.getProcessingTimeService().setCurrentTime(Records.at(second).toEpochMilli());
    harness.open();
  }

  /** The wall clock goes on to this second; timers are called a second late at most. */
  IncidentBench clock(double to) throws Exception {
    while (second < to) {
      second = Math.min(to, second + 1);
      clock.set(Records.at(second));
      harness.setProcessingTime(Records.at(second).toEpochMilli());
    }
    return this;
  }

  static Alert down(String id, double since) {
    return Alert.newBuilder()
        .setId("down " + id + " " + since)
        .setRule("down")
        .setRuleVersion("1")
        .setSignal("health")
        .setResourceId(id)
        .setKind(ResourceKind.ENDPOINT)
        .setService(id.substring(id.indexOf('/') + 1))
        .setTier(Tier.NON_CORE)
        .setUnavailable(true)
        .setState(AlertState.FIRING)
        .setSince(Records.at(since))
        .setAt(Records.at(since))
        .setSummary(id + " is down")
        .build();
  }

  static Alert cleared(Alert alert, double at) {
    return Alert.newBuilder(alert).setState(AlertState.CLEARED).setAt(Records.at(at)).build();
  }

  IncidentBench alert(Alert alert) throws Exception {
    return take(BookInput.of(alert));
  }

  /** A command, as it stands in its topic. */
  RawRecord command(CommandKind kind, String incidentId) throws Exception {
    Command command =
        Command.newBuilder()
            .setId("command-" + ++commands)
            .setKind(kind)
            .setBy("ann")
            .setAt(Records.at(second))
            .setText("because")
            .setIncidentId(incidentId)
            .setUntil(Records.at(second + 600))
            .build();
    RawRecord raw = records.of(Topics.COMMANDS, command);
    take(BookInput.of(command, raw));
    return raw;
  }

  IncidentBench take(BookInput input) throws Exception {
    harness.processElement(input, 0);
    return this;
  }

  List<Incident> incidents() {
    return harness.extractOutputValues();
  }

  List<IncidentEvent> events() {
    return side(Outputs.EVENTS);
  }

  List<Notification> notifications() {
    return side(Outputs.NOTIFICATIONS);
  }

  List<DeadLetter> letters() {
    return side(Outputs.DEAD_LETTERS);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var found = harness.getSideOutput(tag);
    return found == null ? List.of() : found.stream().map(record -> record.getValue()).toList();
  }

  int timers() {
    return harness.numProcessingTimeTimers();
  }

  int entries() {
    return harness.numKeyedStateEntries();
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
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
