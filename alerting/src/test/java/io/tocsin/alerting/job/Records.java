package io.tocsin.alerting.job;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/** Records as they stand in the topics of a broker that is not there. Seconds count from noon. */
final class Records {

  static final Cluster CLUSTER = new Cluster("none", "mock://alerting-job");
  static final String ID = "endpoint/shop";

  private final Map<Topic<?>, TopicSerializer<?>> serializers = new HashMap<>();
  private long offset;

  Records() {
    new SchemaRegistration(CLUSTER).registerAll();
  }

  /** A clock that a test moves, and that an operator can be made with. */
  static final class StageClock extends Clock implements Serializable {
    private static final long serialVersionUID = 1L;
    private Instant now;

    StageClock(Instant now) {
      this.now = now;
    }

    void set(Instant time) {
      now = time;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  static Instant at(double second) {
    return Examples.NOON.plus(Duration.ofMillis(Math.round(second * 1_000)));
  }

  <V extends SpecificRecordBase> RawRecord of(Topic<V> topic, V value) {
    @SuppressWarnings("unchecked") // it was made for the topic
    TopicSerializer<V> serializer =
        (TopicSerializer<V>)
            serializers.computeIfAbsent(topic, none -> new TopicSerializer<>(topic, CLUSTER));
    return raw(topic, topic.keyOf(value), serializer.serialize(value));
  }

  RawRecord removal(Topic<?> topic, String key) {
    return raw(topic, key, null);
  }

  RawRecord garbage(Topic<?> topic, String key) {
    return raw(topic, key, "not a record".getBytes(StandardCharsets.UTF_8));
  }

  private RawRecord raw(Topic<?> topic, String key, byte[] value) {
    return new RawRecord(topic.name(), 3, offset++, at(0).toEpochMilli(), key, value);
  }

  RawRecord value(String id, double second, double value) {
    return value(id, "queue", second, value);
  }

  RawRecord value(String id, String name, double second, double value) {
    return of(
        Topics.MEASUREMENTS,
        Measurement.newBuilder()
            .setResourceId(id)
            .setKind(ResourceKind.ENDPOINT)
            .setLayer(Layer.APPLICATION)
            .setName(name)
            .setType(MeasurementType.GAUGE)
            .setValue(value)
            .setOrigin(Examples.origin(0))
            .setAt(at(second))
            .build());
  }

  RawRecord probe(String id, double second, Health health) {
    return of(
        Topics.PROBES,
        Probe.newBuilder(Examples.probe(health, at(second)))
            .setResourceId(id)
            .setService(id.substring(id.indexOf('/') + 1))
            .build());
  }

  RawRecord resource(String id, long intervalMs) {
    return of(Topics.RESOURCES, description(id, intervalMs));
  }

  static Resource description(String id, long intervalMs) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(ResourceKind.ENDPOINT)
        .setName(id.substring(id.indexOf('/') + 1))
        .setService(id.substring(id.indexOf('/') + 1))
        .setTier(Tier.CORE)
        .setIntervalMs(intervalMs)
        .setUpdatedAt(at(-1))
        .build();
  }

  RawRecord rule(String name, String body) {
    return of(Topics.RULES, text(name, body));
  }

  static RuleText text(String name, String body) {
    return RuleText.newBuilder()
        .setName(name)
        .setVersion("sent")
        .setText("name: " + name + "\n" + body + "\n")
        .setFile("rules.yaml")
        .setLine(40)
        .setBy("ann")
        .setAt(at(0))
        .build();
  }
}
