package io.tocsin.alerting.job;

import io.tocsin.alerting.rule.Rule;
import io.tocsin.alerting.rule.Signal;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The incident operator on the bench: seconds after noon in, what came out so far. */
final class Bench implements AutoCloseable {

  private final KeyedTwoInputStreamOperatorTestHarness<String, Signal, HealResult, Incident>
      harness;

  Bench(Rule rule, OperatorSubtaskState restored, double second) throws Exception {
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new IncidentFunction(new AlertingConfig(List.of(rule)))),
            Signal::resourceId,
            HealResult::getTargetId,
            Types.STRING);
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    harness.setup();
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
    clock(second);
  }

  Bench(Rule rule) throws Exception {
    this(rule, null, 0);
  }

  static Instant at(double second) {
    return Examples.NOON.plus(Duration.ofMillis(Math.round(second * 1_000)));
  }

  Bench clock(double second) throws Exception {
    harness.setProcessingTime(at(second).toEpochMilli());
    return this;
  }

  Bench probe(double second, Health health) throws Exception {
    harness.processElement1(Signal.of(Examples.probe(health, at(second))), 0);
    return this;
  }

  Bench result(HealResult result) throws Exception {
    harness.processElement2(result, 0);
    return this;
  }

  static HealResult result(HealPlan plan, double second, HealOutcome outcome) {
    return HealResult.newBuilder()
        .setPlanId(plan.getId())
        .setIncidentId(plan.getIncidentId())
        .setAttempt(plan.getAttempt())
        .setAction(plan.getAction())
        .setTargetId(plan.getTargetId())
        .setOutcome(outcome)
        .setReason("because")
        .setAt(at(second))
        .build();
  }

  List<Incident> incidents() {
    return harness.extractOutputValues();
  }

  List<IncidentEvent> events() {
    return side(Outputs.EVENTS);
  }

  List<HealPlan> plans() {
    return side(Outputs.PLANS);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(record -> record.getValue()).toList();
  }

  int timers() {
    return harness.numProcessingTimeTimers();
  }

  int stateEntries() {
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
