package io.tocsin.schemas.serde;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link RecordDecoder} in the shape Kafka's libraries want. Throws {@link PoisonRecordException}
 * for what a dead-letter handler should take, and waits while the registry is away, because no
 * record may be judged without it.
 *
 * @param <V> type of the values
 */
public final class TopicDeserializer<V extends SpecificRecord> implements Deserializer<V> {

  private static final Logger LOG = LoggerFactory.getLogger(TopicDeserializer.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Topic<V> topic;
  private final RecordDecoder<V> decoder;

  /** A deserializer for the values of a topic. */
  public TopicDeserializer(Topic<V> topic, Cluster cluster) {
    this.topic = topic;
    this.decoder = new RecordDecoder<>(topic, cluster);
  }

  @Override
  public V deserialize(String name, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    Decoded<V> decoded = decodeOrWait(bytes);
    if (decoded instanceof Decoded.Value<V> good) {
      return good.value();
    }
    throw new PoisonRecordException(((Decoded.Poison<V>) decoded).reason());
  }

  /**
   * Decodes, waiting for as long as the registry is away; {@link InterruptException} ends the wait.
   */
  public Decoded<V> decodeOrWait(byte[] bytes) {
    while (true) {
      try {
        return decoder.decode(bytes);
      } catch (RegistryUnavailableException away) {
        LOG.warn("{}: {}; trying again in {} ms", topic, away.getMessage(), PAUSE.toMillis());
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.interrupted()) {
          throw new InterruptException("interrupted while waiting for the schema registry");
        }
      }
    }
  }

  @Override
  public void close() {
    decoder.close();
  }
}
