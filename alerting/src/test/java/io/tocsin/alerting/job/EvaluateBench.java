package io.tocsin.alerting.job;

import io.tocsin.alerting.job.Records.StageClock;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The evaluating operator on the bench: seconds after noon in, what came out so far. */
final class EvaluateBench implements AutoCloseable {

  /** Bad above 90, for five minutes. */
  static final String LOAD = "signal: application\nwhen: value > 90.0\nfor: 5m";

  final Records records = new Records();
  private final StageClock clock;
  private final KeyedBroadcastOperatorTestHarness<String, RawRecord, RawRecord, Alert> harness;
  private double second;

  EvaluateBench(RuleText... initial) throws Exception {
    this(null, 0, initial);
  }

  /** Starts at that second, with what a snapshot holds. */
  EvaluateBench(OperatorSubtaskState restored, double second, RuleText... initial)
      throws Exception {
    this(restored, second, 1, 0, List.of(initial));
  }

  /** The same, as one of several tasks. */
  EvaluateBench(
      OperatorSubtaskState restored,
      double second,
      int parallelism,
      int index,
      List<RuleText> initial)
      throws Exception {
    this(restored, second, parallelism, index, initial, Records.CLUSTER);
  }

  /** One on a cluster of the caller's. */
  EvaluateBench(Cluster cluster) throws Exception {
    this(null, 0, 1, 0, List.of(), cluster);
  }

  private EvaluateBench(
      OperatorSubtaskState restored,
      double second,
      int parallelism,
      int index,
      List<RuleText> initial,
      Cluster cluster)
      throws Exception {
    this.second = second;
    clock = new StageClock(Records.at(second));
    EvaluateFunction function =
        new EvaluateFunction(new AlertingConfig(initial, List.of()), new JobParts(cluster, clock));
    harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(function, List.of(RulesInForce.STATE)),
            RawRecord::key,
            Types.STRING,
            JobSettings.MAX_PARALLELISM,
            parallelism,
            index);
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

  /** The wall clock goes on to this second; timers are called at their times. */
  EvaluateBench clock(double to) throws Exception {
    while (second < to) {
      second = Math.min(to, second + 0.5);
      clock.set(Records.at(second));
      harness.setProcessingTime(Records.at(second).toEpochMilli());
    }
    return this;
  }

  EvaluateBench take(RawRecord raw) throws Exception {
    harness.processElement(raw, 0);
    return this;
  }

  EvaluateBench value(double at, double value) throws Exception {
    return clock(at).take(records.value(Records.ID, at, value));
  }

  EvaluateBench probe(double at, Health health) throws Exception {
    return clock(at).take(records.probe(Records.ID, at, health));
  }

  EvaluateBench resource(String id, long intervalMs) throws Exception {
    return take(records.resource(id, intervalMs));
  }

  EvaluateBench gone(String id) throws Exception {
    return take(records.removal(Topics.RESOURCES, id));
  }

  EvaluateBench rule(String name, String body) throws Exception {
    return news(records.rule(name, body));
  }

  EvaluateBench removeRule(String name) throws Exception {
    return news(records.removal(Topics.RULES, name));
  }

  EvaluateBench news(RawRecord raw) throws Exception {
    harness.processBroadcastElement(raw, 0);
    return this;
  }

  List<Alert> alerts() {
    return harness.extractOutputValues();
  }

  /** Such as {@code load FIRING 0}: rule, state, and the second at which the episode began. */
  List<String> words() {
    return alerts().stream()
        .map(
            alert ->
                alert.getRule()
                    + " "
                    + alert.getState()
                    + " "
                    + (alert.getSince().getEpochSecond() - Records.at(0).getEpochSecond()))
        .toList();
  }

  List<RuleStatus> statuses() {
    return side(Outputs.RULE_STATUS);
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

  /** Keys and what is kept under them. */
  int entries() {
    return StateEntries.of(harness.getOperator());
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
