package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.Outcome;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Beat;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.ShadowReport;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * From all that is measured to alerts, and from those to incidents, their timelines, notifications
 * and heal plans.
 *
 * <p>It only wires: what is decided, and why, is in {@code evaluate} and {@code incidents}. It does
 * not care where it runs; {@link #settings} are the options that belong to it, the rest (where
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
   * @param clock wall clock for dead letters; must be serializable
   */
  public static void define(
      StreamExecutionEnvironment env, Cluster cluster, AlertingConfig config, Clock clock) {
    JobParts parts = new JobParts(cluster, clock);
    Intake intake = new Intake(env, cluster);
    // Probes have a reader of their own: their way to a page is the short one.
    DataStream<RawRecord> probes = intake.read("probes", Topics.PROBES);
    DataStream<RawRecord> figures =
        intake.read(
            "figures",
            Topics.WINDOWS,
            Topics.LATENCIES,
            Topics.THROUGHPUTS,
            Topics.BOTTLENECKS,
            Topics.MEASUREMENTS,
            Topics.SECURITY_EVENTS,
            Topics.VIOLATIONS,
            Topics.IMAGE_FINDINGS);
    DataStream<RawRecord> inventory = one(intake.readAll("inventory", Topics.RESOURCES));
    DataStream<RawRecord> rules = one(intake.readAll("rules", Topics.RULES));
    DataStream<RawRecord> people =
        one(intake.read("commands", Topics.COMMANDS, Topics.HEAL_RESULTS));

    BroadcastStream<RawRecord> ruleNews = rules.broadcast(RulesInForce.STATE);
    SingleOutputStreamOperator<Alert> alerts =
        named(
            probes
                .union(figures, inventory)
                .keyBy(RawRecord::key, Types.STRING)
                .connect(ruleNews)
                .process(new EvaluateFunction(config, parts), new AvroTypeInfo<>(Alert.class)),
            "evaluate");
    SingleOutputStreamOperator<Alert> related = relate(alerts, inventory, rules, config, parts);
    SingleOutputStreamOperator<Alert> foreign =
        named(
            intake
                .read("external", Topics.EXTERNAL_ALERTS)
                .keyBy(RawRecord::key, Types.STRING)
                .process(new ExternalAlertFunction(parts), new AvroTypeInfo<>(Alert.class)),
            "external");
    DataStream<Alert> all = alerts.union(related, foreign);
    SingleOutputStreamOperator<Beat> beats =
        named(figures.flatMap(new BeatFunction(parts), new AvroTypeInfo<>(Beat.class)), "beats");

    SingleOutputStreamOperator<BookInput> inputs =
        one(
            named(
                inventory
                    .union(people)
                    .process(new BookIntake(parts), TypeInformation.of(BookInput.class)),
                "book-intake"));
    SingleOutputStreamOperator<Incident> incidents =
        one(
            named(
                all.map(BookInput::of)
                    .returns(TypeInformation.of(BookInput.class))
                    .uid("book-alerts")
                    .union(inputs)
                    .keyBy(input -> 0, Types.INT)
                    .process(
                        new IncidentBookFunction(config, parts),
                        new AvroTypeInfo<>(Incident.class)),
                "incidents"));
    SingleOutputStreamOperator<ShadowReport> shadows =
        one(
            named(
                all.keyBy(alert -> 0, Types.INT)
                    .connect(ruleNews)
                    .process(
                        new ShadowFunction(config, parts), new AvroTypeInfo<>(ShadowReport.class)),
                "shadows"));

    write(all, Topics.ALERTS, cluster);
    write(beats, Topics.BEATS, cluster);
    write(incidents, Topics.INCIDENTS, cluster);
    write(incidents.getSideOutput(Outputs.EVENTS), Topics.INCIDENT_EVENTS, cluster);
    write(incidents.getSideOutput(Outputs.NOTIFICATIONS), Topics.NOTIFICATIONS, cluster);
    write(incidents.getSideOutput(Outputs.PLANS), Topics.HEAL_PLANS, cluster);
    write(incidents.getSideOutput(Outputs.SILENCES), Topics.SILENCES, cluster);
    write(alerts.getSideOutput(Outputs.RULE_STATUS), Topics.RULE_STATUS, cluster);
    write(shadows, Topics.SHADOW_REPORTS, cluster);
    DataStream<DeadLetter> letters =
        alerts
            .getSideOutput(Outputs.DEAD_LETTERS)
            .union(
                foreign.getSideOutput(Outputs.DEAD_LETTERS),
                inputs.getSideOutput(Outputs.DEAD_LETTERS),
                incidents.getSideOutput(Outputs.DEAD_LETTERS));
    DataStream<DeadLetter> counted =
        named(
            letters.map(new LetterCount()).returns(new AvroTypeInfo<>(DeadLetter.class)),
            "count-dead-letters");
    write(counted, Topics.DEAD_LETTERS, cluster);
  }

  /** Rules that look at two resources, keyed by rule. */
  private static SingleOutputStreamOperator<Alert> relate(
      SingleOutputStreamOperator<Alert> alerts,
      DataStream<RawRecord> inventory,
      DataStream<RawRecord> rules,
      AlertingConfig config,
      JobParts parts) {
    DataStream<Outcome.Fact> facts = alerts.getSideOutput(Outputs.FACTS);
    DataStream<RelationInput> inputs =
        facts
            .map(RelationInput::of)
            .returns(TypeInformation.of(RelationInput.class))
            .uid("relation-facts")
            .union(
                alerts
                    .map(RelationInput::of)
                    .returns(TypeInformation.of(RelationInput.class))
                    .uid("relation-alerts"));
    return one(
        named(
            inputs
                .keyBy(input -> 0, Types.INT)
                .connect(rules.union(inventory).broadcast(RulesInForce.STATE, RelateFunction.GRAPH))
                .process(new RelateFunction(config, parts), new AvroTypeInfo<>(Alert.class)),
            "relate"));
  }

  private static <V extends SpecificRecordBase> void write(
      DataStream<V> values, Topic<V> topic, Cluster cluster) {
    String name = "write-" + topic.name();
    // As many as before it: what one task says in its order, two writers would tell in any. The
    // newest word on an incident would be the one before it.
    values
        .sinkTo(TopicSink.of(topic, cluster))
        .uid(name)
        .name(name)
        .setParallelism(values.getParallelism());
  }

  static <T> SingleOutputStreamOperator<T> named(
      SingleOutputStreamOperator<T> operator, String name) {
    return operator.uid(name).name(name);
  }

  /** What has to stay in one order runs as one task. */
  private static <T> SingleOutputStreamOperator<T> one(SingleOutputStreamOperator<T> operator) {
    return operator.setParallelism(1);
  }
}
