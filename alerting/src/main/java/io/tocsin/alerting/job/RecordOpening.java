package io.tocsin.alerting.job;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.exchange.DeadLetters;
import io.tocsin.schemas.serde.Decoded;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns raw records into values of their topics, or into dead letters about them.
 *
 * <p>A registry that is away makes this wait, and everything behind it: a record may not be judged
 * without it.
 */
final class RecordOpening implements AutoCloseable {

  static final String STAGE = "alerting";

  /** What came of one. */
  sealed interface Opened {

    /** A value. */
    record Value(SpecificRecord value) implements Opened {}

    /** The key was removed. */
    record Removed(String key) implements Opened {}

    /** It cannot be used. */
    record Refused(DeadLetter letter) implements Opened {}
  }

  private final Map<String, TopicDeserializer<?>> deserializers = new HashMap<>();
  private final DeadLetters letters;
  private final Cluster cluster;

  RecordOpening(Cluster cluster, Clock clock) {
    this.cluster = cluster;
    // Now, and not with the first record of a kind: probes would wait behind that one.
    new SchemaRegistration(cluster).learn();
    this.letters = new DeadLetters(STAGE, cluster, clock);
  }

  Opened open(RawRecord raw) {
    TopicDeserializer<?> deserializer =
        deserializers.computeIfAbsent(raw.topic(), this::deserializer);
    if (!deserializer.isGuarded()) {
      return raw.value() == null
          ? new Opened.Removed(raw.key())
          : opened(raw, deserializer.decodeOrWait(raw.value()));
    }
    ConsumerRecord<byte[], byte[]> consumed = raw.consumed();
    if (raw.value() == null) {
      return deserializer
          .againstRemoval(consumed.key(), consumed.headers())
          .<Opened>map(refused -> refuse(raw, refused.reason()))
          .orElseGet(() -> new Opened.Removed(raw.key()));
    }
    return opened(
        raw, deserializer.openOrWait(consumed.key(), consumed.value(), consumed.headers()));
  }

  private Opened opened(RawRecord raw, Decoded<?> decoded) {
    return decoded instanceof Decoded.Value<?> good
        ? new Opened.Value(good.value())
        : refuse(raw, ((Decoded.Poison<?>) decoded).reason());
  }

  Opened.Refused refuse(RawRecord raw, String reason) {
    return new Opened.Refused(letters.about(raw.consumed(), reason));
  }

  private TopicDeserializer<?> deserializer(String name) {
    Topic<?> topic =
        Topics.all().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("there is no topic " + name));
    return TopicDeserializer.guarded(topic, cluster);
  }

  @Override
  public void close() {
    deserializers.values().forEach(TopicDeserializer::close);
    letters.close();
  }
}
