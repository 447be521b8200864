package io.tocsin.alerting.job;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.exchange.DeadLetters;
import io.tocsin.schemas.serde.Decoded;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads each record as a value of its topic or, if it is none, as a dead letter about it.
 *
 * <p>A registry that is away makes the source wait, and everything behind it: a record may not be
 * judged without it. A record dated far in the future is a dead letter too: were it believed, all
 * later ones of its resource would count as old until that future has come.
 */
final class ValueOrLetter<V extends SpecificRecordBase>
    implements KafkaRecordDeserializationSchema<Either<V, DeadLetter>> {

  private static final long serialVersionUID = 1L;

  /** How far an agent's clock may be ahead. */
  static final Duration MAX_AHEAD = Duration.ofSeconds(60);

  static final String STAGE = "alerting";

  private final TopicName<V> name;
  private final SerializableFunction<V, Instant> eventTime;
  private final Cluster cluster;
  private final Clock clock;

  private transient TopicDeserializer<V> deserializer;
  private transient DeadLetters letters;

  ValueOrLetter(
      TopicName<V> name, SerializableFunction<V, Instant> eventTime, Cluster cluster, Clock clock) {
    this.name = name;
    this.eventTime = eventTime;
    this.cluster = cluster;
    this.clock = clock;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    deserializer = new TopicDeserializer<>(name.topic(), cluster);
    letters = new DeadLetters(STAGE, cluster, clock);
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<Either<V, DeadLetter>> out) {
    if (record.value() == null) {
      out.collect(letter(record, "has no value"));
      return;
    }
    Decoded<V> decoded = deserializer.decodeOrWait(record.value());
    if (decoded instanceof Decoded.Value<V> good) {
      Instant at = eventTime.apply(good.value());
      Instant limit = clock.instant().plus(MAX_AHEAD);
      out.collect(
          at.isAfter(limit)
              ? letter(record, "is dated " + at + ", in the future: set the agent's clock")
              : Either.Left(good.value()));
    } else {
      out.collect(letter(record, ((Decoded.Poison<V>) decoded).reason()));
    }
  }

  private Either<V, DeadLetter> letter(ConsumerRecord<byte[], byte[]> record, String reason) {
    return Either.Right(letters.about(record, reason));
  }

  @Override
  public TypeInformation<Either<V, DeadLetter>> getProducedType() {
    return new EitherTypeInfo<>(
        new AvroTypeInfo<>(name.valueType()), new AvroTypeInfo<>(DeadLetter.class));
  }
}
