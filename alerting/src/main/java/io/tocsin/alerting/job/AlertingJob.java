package io.tocsin.alerting.job;

import io.tocsin.alerting.rule.Signal;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * From probes, bottlenecks and heal results to incidents, their timelines, and heal plans.
 *
 * <p>It only wires: what is decided, and why, is in {@code rule} and {@code incident}. It does not
 * care where it runs; {@link #settings} are the options that belong to it, the rest (where
 * checkpoints go, what state is kept in) belongs to the cluster. Names given by {@code uid} must
 * never change: state is found again by them.
 */
public final class AlertingJob {

  /** Name shown by Flink. */
  public static final String NAME = "tocsin-alerting";

  private AlertingJob() {}

  /**
   * Options that the environment must be made with.
   *
   * @param parallelism tasks per operator; one fits a small machine
   */
  public static Configuration settings(int parallelism) {
    return JobSettings.of(parallelism);
  }

  /**
   * Adds the job to an environment, which is then the caller's to run.
   *
   * @param env made with {@link #settings}
   * @param clock wall clock for dead letters and for telling a future date; must be serializable
   */
  public static void define(
      StreamExecutionEnvironment env, Cluster cluster, AlertingConfig config, Clock clock) {
    Intake intake = new Intake(env, cluster, clock);
    DataStream<Probe> probes = intake.read(Topics.PROBES, Probe::getAt);
    DataStream<Bottleneck> bottlenecks = intake.read(Topics.BOTTLENECKS, Bottleneck::getAt);
    DataStream<HealResult> results = intake.read(Topics.HEAL_RESULTS, HealResult::getAt);

    Decided decided = decide(probes, bottlenecks, results, config);

    write(decided.incidents(), Topics.INCIDENTS, cluster);
    write(decided.events(), Topics.INCIDENT_EVENTS, cluster);
    write(decided.plans(), Topics.HEAL_PLANS, cluster);
    write(intake.deadLetters(), Topics.DEAD_LETTERS, cluster);
  }

  /** The part without Kafka. */
  static Decided decide(
      DataStream<Probe> probes,
      DataStream<Bottleneck> bottlenecks,
      DataStream<HealResult> results,
      AlertingConfig config) {
    TypeInformation<Signal> signal = TypeInformation.of(Signal.class);
    DataStream<Signal> endpoints = named(probes.map(Signal::of).returns(signal), "health-signals");
    DataStream<Signal> health =
        named(
            endpoints
                .keyBy(ShareFunction::scope, Types.STRING)
                .process(new ShareFunction(), signal),
            "service-share");
    DataStream<Signal> shortages =
        named(bottlenecks.map(Signal::of).returns(signal), "bottleneck-signals");
    SingleOutputStreamOperator<Incident> incidents =
        named(
            health
                .union(shortages)
                .keyBy(Signal::resourceId, Types.STRING)
                .connect(results.keyBy(HealResult::getTargetId, Types.STRING))
                .process(new IncidentFunction(config), new AvroTypeInfo<>(Incident.class)),
            "incidents");
    return new Decided(
        incidents, incidents.getSideOutput(Outputs.EVENTS), incidents.getSideOutput(Outputs.PLANS));
  }

  private static <V extends SpecificRecordBase> void write(
      DataStream<V> values, Topic<V> topic, Cluster cluster) {
    String name = "write-" + topic.name();
    values.sinkTo(TopicSink.of(topic, cluster)).uid(name).name(name);
  }

  static <T> SingleOutputStreamOperator<T> named(
      SingleOutputStreamOperator<T> operator, String name) {
    return operator.uid(name).name(name);
  }
}
