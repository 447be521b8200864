package io.tocsin.alerting.healing;

import io.tocsin.schemas.exchange.ProducerSettings;
import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.exchange.SilentBroker;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions under one id, which only the newest producer with that id may use (KIP-98). Used by
 * one thread at a time.
 */
final class Transactions implements AutoCloseable {

  /** The same for every responder of a cluster: that is what fences. */
  static final String ID = "tocsin-responder";

  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);
  private static final long RETRY_EVERY_MS = 200;

  /** What is to be written does not stand there, and others can still be written. */
  static final class Aborted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Aborted(Throwable cause) {
      super("it was not written: " + cause.getMessage(), cause);
    }
  }

  /** Where records of one transaction are put. */
  interface Transaction {
    <V extends SpecificRecord> void add(Topic<V> topic, V value);
  }

  private final Cluster cluster;
  private final Producer<byte[], byte[]> producer;
  private final Map<String, TopicSerializer<?>> serializers = new HashMap<>();

  Transactions(Cluster cluster) {
    this(
        cluster,
        new KafkaProducer<>(
            settings(cluster), new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** For tests: over a producer of the caller's. */
  Transactions(Cluster cluster, Producer<byte[], byte[]> producer) {
    this.cluster = cluster;
    this.producer = producer;
  }

  private static Map<String, Object> settings(Cluster cluster) {
    Map<String, Object> settings = ProducerSettings.of(cluster, "tocsin-responder-results");
    settings.put("transactional.id", ID);
    // A producer that stands still for longer in the middle of one is fenced by the broker, which
    // is
    // the same to us as another responder: it does nothing any more.
    settings.put("transaction.timeout.ms", 60_000);
    // Taking over waits until the broker has ended what the one before had open.
    settings.put("max.block.ms", 20_000);
    // Sooner than the time an intent is waited for, so that a refusal says why.
    settings.put("delivery.timeout.ms", 8_000);
    settings.putAll(SilentBroker.ofTransactions());
    return settings;
  }

  /**
   * Makes this producer the one that may write.
   *
   * @throws RefusedException if it may not have this id
   */
  void fence() {
    try {
      producer.initTransactions();
    } catch (KafkaException failed) {
      throw RefusedException.told(failed, cluster);
    }
  }

  /**
   * Writes a transaction, whole or not at all. Waits until it is known which, however long the
   * broker is away; so a step is never taken for lost that is found on the log later.
   *
   * @param closing ends the waiting when it is counted down
   * @throws Aborted if nothing of it was written
   * @throws FencedException if another producer may write now
   * @throws KafkaException if nobody knows, or nothing can be written any more
   */
  void commit(Consumer<Transaction> content, CountDownLatch closing) {
    try {
      producer.beginTransaction();
      content.accept(this::send);
    } catch (RuntimeException failed) {
      throw abort(failed, closing);
    }
    try {
      untilKnown(producer::commitTransaction, closing);
    } catch (InterruptException | TimeoutException unknown) {
      throw unknown;
    } catch (KafkaException failed) {
      throw abort(failed, closing);
    }
  }

  private <V extends SpecificRecord> void send(Topic<V> topic, V value) {
    @SuppressWarnings("unchecked") // the serializer under a topic's name was made for that topic
    TopicSerializer<V> serializer =
        (TopicSerializer<V>)
            serializers.computeIfAbsent(
                topic.name(), name -> new TopicSerializer<>(topic, cluster));
    producer.send(
        new ProducerRecord<>(
            topic.name(),
            topic.keyOf(value).getBytes(StandardCharsets.UTF_8),
            serializer.serialize(value)));
  }

  private RuntimeException abort(RuntimeException failed, CountDownLatch closing) {
    if (isFence(failed)) {
      return new FencedException(failed);
    }
    try {
      untilKnown(producer::abortTransaction, closing);
      return new Aborted(failed);
    } catch (KafkaException over) {
      return isFence(over) ? new FencedException(over) : over;
    }
  }

  private static boolean isFence(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException
          || cause instanceof FencedInstanceIdException) {
        return true;
      }
    }
    return false;
  }

  /** Both ends of a transaction may be asked for again when no answer came. */
  private static void untilKnown(Runnable end, CountDownLatch closing) {
    while (true) {
      try {
        end.run();
        return;
      } catch (TimeoutException silence) {
        LOG.warn("the broker does not say whether a transaction is over; asking again", silence);
        try {
          if (closing.await(RETRY_EVERY_MS, TimeUnit.MILLISECONDS)) {
            throw silence;
          }
        } catch (InterruptedException hurry) {
          throw new InterruptException(hurry);
        }
      }
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_WITHIN);
    serializers.values().forEach(TopicSerializer::close);
  }
}
