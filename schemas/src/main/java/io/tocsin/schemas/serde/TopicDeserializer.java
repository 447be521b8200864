package io.tocsin.schemas.serde;

import io.tocsin.schemas.seal.SealGuard;
import io.tocsin.schemas.seal.SealVerdict;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
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
  private final SealGuard<V> guard;

  /** A deserializer for the values of a topic, whoever wrote them. */
  public TopicDeserializer(Topic<V> topic, Cluster cluster) {
    this(topic, cluster, null);
  }

  private TopicDeserializer(Topic<V> topic, Cluster cluster, SealGuard<V> guard) {
    this.topic = topic;
    this.decoder = new RecordDecoder<>(topic, cluster);
    this.guard = guard;
  }

  /**
   * One that asks for the seals of agents too, as far as the cluster wants it; for all that comes
   * out of a topic, and not for a stage's own state.
   *
   * @throws org.apache.kafka.common.config.ConfigException if seals have to be checked, and the
   *     secret for it cannot be read
   */
  public static <V extends SpecificRecord> TopicDeserializer<V> guarded(
      Topic<V> topic, Cluster cluster) {
    return new TopicDeserializer<>(
        topic, cluster, SealGuard.of(topic, cluster.seal()).orElse(null));
  }

  @Override
  public V deserialize(String name, byte[] bytes) {
    return bytes == null ? null : valueOf(decodeOrWait(bytes));
  }

  @Override
  public V deserialize(String name, Headers headers, byte[] bytes) {
    return bytes == null ? null : valueOf(openOrWait(null, bytes, headers));
  }

  private V valueOf(Decoded<V> decoded) {
    if (decoded instanceof Decoded.Value<V> good) {
      return good.value();
    }
    throw new PoisonRecordException((Decoded.Poison<V>) decoded);
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

  /** Whether seals are asked for, so that {@link #openOrWait} does more than decode. */
  public boolean isGuarded() {
    return guard != null;
  }

  /**
   * The same, and whether it is the word of the agent that it names.
   *
   * @param key under which it stands; null where the caller does not know it, and holds it against
   *     the value itself
   */
  public Decoded<V> openOrWait(byte[] key, byte[] bytes, Headers headers) {
    Decoded<V> decoded = decodeOrWait(bytes);
    if (guard == null || !(decoded instanceof Decoded.Value<V> good)) {
      return decoded;
    }
    return guard
        .against(key, bytes, headers, good.value())
        .<Decoded<V>>map(TopicDeserializer::poison)
        .orElse(decoded);
  }

  /** What is against believing that a key was removed; empty if nothing is. */
  public Optional<Decoded.Poison<V>> againstRemoval(byte[] key, Headers headers) {
    return guard == null
        ? Optional.empty()
        : guard.againstRemoval(key, headers).map(TopicDeserializer::poison);
  }

  private static <V extends SpecificRecord> Decoded.Poison<V> poison(SealVerdict.Refused refused) {
    return new Decoded.Poison<>(refused.reason().tag(), refused.why());
  }

  @Override
  public void close() {
    decoder.close();
  }
}
