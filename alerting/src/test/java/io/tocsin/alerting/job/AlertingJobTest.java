package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.tocsin.alerting.rule.HealPolicy;
import io.tocsin.alerting.rule.Rule;
import io.tocsin.alerting.rule.SignalKind;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AlertingJobTest {

  private static final AlertingConfig CONFIG =
      AlertingConfig.of(Duration.ZERO, List.of(HealPolicy.of("shop", "restart")));

  @Test
  @Timeout(60)
  void turnsProbesAndBottlenecksIntoIncidentsOnARealEngine() throws Exception {
    Configuration settings = AlertingJob.settings(1);
    // A test has to fail where the job would try again.
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    Decided decided =
        AlertingJob.decide(
            from(env, Probe.class, List.of(probe(0, Health.UP), probe(1, Health.DOWN))),
            from(env, Bottleneck.class, List.of(bottleneck(true), bottleneck(false))),
            from(env, HealResult.class, List.of(strayResult())),
            CONFIG);

    var collected = decided.incidents().collectAsync();
    env.execute();
    List<Incident> incidents = new ArrayList<>();
    collected.forEachRemaining(incidents::add);

    assertThat(incidents)
        .filteredOn(incident -> incident.getRule().equals("availability"))
        .extracting(Incident::getPriority, Incident::getVersion, Incident::getHealAttempts)
        .containsExactly(tuple(Priority.P0, 1, 0), tuple(Priority.P0, 2, 1));
    assertThat(incidents)
        .filteredOn(incident -> incident.getRule().equals("bottleneck"))
        .extracting(Incident::getPriority, Incident::getState)
        .containsExactly(
            tuple(Priority.P3, IncidentState.OPEN), tuple(Priority.P3, IncidentState.RESOLVED));
  }

  @Test
  void everyOperatorHasAUidAndEveryTypeASerializerThatLasts() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(AlertingJob.settings(2));
    AlertingJob.define(env, new Cluster("127.0.0.1:1", "mock://unused"), CONFIG, Clock.systemUTC());

    // Building the graph of tasks fails on a generic type or a missing uid.
    var graph = env.getStreamGraph().getJobGraph();

    assertThat(graph.getVertices())
        .isNotEmpty()
        .allMatch(vertex -> vertex.getMaxParallelism() == 128);
    assertThat(
            graph
                .getCheckpointingSettings()
                .getCheckpointCoordinatorConfiguration()
                .getCheckpointInterval())
        .isEqualTo(2_000);
  }

  @Test
  void refusesTwoRulesOfOneName() {
    Rule rule = new Rule("a", SignalKind.HEALTH, Duration.ZERO, Duration.ZERO, null, List.of());
    assertThatThrownBy(() -> new AlertingConfig(List.of(rule, rule)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two rules are named a");
  }

  private static <V extends SpecificRecordBase> DataStream<V> from(
      StreamExecutionEnvironment env, Class<V> type, List<V> values) {
    return AlertingJob.named(
        env.fromData(values, new AvroTypeInfo<>(type)), "test-" + type.getSimpleName());
  }

  /** The test source cannot be empty. */
  private static HealResult strayResult() {
    return HealResult.newBuilder()
        .setPlanId("p")
        .setIncidentId("i")
        .setAttempt(1)
        .setAction("restart")
        .setTargetId("endpoint/other")
        .setOutcome(HealOutcome.INTENT)
        .setReason("because")
        .setAt(Examples.NOON)
        .build();
  }

  private static Probe probe(int second, Health health) {
    return Examples.probe(health, Examples.NOON.plusSeconds(second));
  }

  private static Bottleneck bottleneck(boolean active) {
    return Bottleneck.newBuilder()
        .setResourceId("host/web-1")
        .setResourceKind(ResourceKind.HOST)
        .setKind(BottleneckKind.CPU)
        .setActive(active)
        .setSince(Examples.NOON)
        .setAt(Examples.NOON.plusSeconds(active ? 10 : 20))
        .setValue(93)
        .setThreshold(80)
        .setUnit("%")
        .setConfidence(0.9)
        .build();
  }
}
