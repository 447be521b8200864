package io.tocsin.alerting.notify;

import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.exchange.ProducerSettings;
import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.exchange.SilentBroker;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic of deliveries, written in transactions under one fixed id: whoever opens it last is the
 * only one that can write, and what another had begun is undone.
 */
final class KafkaDeliveryLog implements DeliveryLog, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaDeliveryLog.class);
  private static final String ID = "tocsin-notifier";
  private static final Duration CLOSE_WITHIN = Duration.ofMillis(200);
  private static final long PAUSE_MS = 500;

  private final Cluster cluster;
  private final NotifyMetrics metrics;
  private final TopicSerializer<Delivery> serializer;
  private Producer<byte[], byte[]> producer;

  private KafkaDeliveryLog(Cluster cluster, NotifyMetrics metrics) {
    this.cluster = cluster;
    this.metrics = metrics;
    this.serializer = new TopicSerializer<>(Topics.DELIVERIES, cluster);
  }

  /**
   * Takes over from whoever has it.
   *
   * @throws KafkaException if the broker does not answer
   */
  static KafkaDeliveryLog open(Cluster cluster, NotifyMetrics metrics) {
    KafkaDeliveryLog log = new KafkaDeliveryLog(cluster, metrics);
    log.producer = log.connected();
    return log;
  }

  private Producer<byte[], byte[]> connected() {
    Map<String, Object> settings = ProducerSettings.of(cluster, ID);
    settings.put("transactional.id", ID);
    // Joining takes a while at a broker that has just started.
    settings.put("max.block.ms", 10_000);
    settings.put("retry.backoff.max.ms", 500);
    settings.putAll(SilentBroker.ofTransactions());
    settings.put("delivery.timeout.ms", 15_000);
    settings.put("transaction.timeout.ms", 20_000);
    Producer<byte[], byte[]> fresh =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      fresh.initTransactions();
      return fresh;
    } catch (RuntimeException failed) {
      fresh.close(Duration.ZERO);
      throw failed instanceof KafkaException refused
          ? RefusedException.told(refused, cluster)
          : failed;
    }
  }

  @Override
  public void append(List<Delivery> records) throws InterruptedException {
    while (!records.isEmpty()) {
      try {
        write(records);
        return;
      } catch (InterruptException stopped) {
        throw interrupted(stopped);
      } catch (RuntimeException failed) {
        refuseIfFenced(failed);
        metrics.writingFailed(failed);
        LOG.warn(
            "deliveries could not be written; trying again: {}",
            RefusedException.in(failed, cluster)
                .map(Throwable::toString)
                .orElse(failed.toString()));
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        undo();
      }
    }
  }

  private void write(List<Delivery> records) {
    // Before the transaction: the registry may not answer.
    List<byte[]> values = records.stream().map(serializer::serialize).toList();
    producer.beginTransaction();
    for (int i = 0; i < records.size(); i++) {
      byte[] key = Topics.DELIVERIES.keyOf(records.get(i)).getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Topics.DELIVERIES.name(), key, values.get(i)));
    }
    commit();
  }

  /** A commit that got no answer in time may have happened: asking again is all that is allowed. */
  private void commit() {
    while (true) {
      try {
        producer.commitTransaction();
        return;
      } catch (TimeoutException silent) {
        metrics.writingFailed(silent);
        LOG.warn("the broker does not confirm deliveries; asking again: {}", silent.toString());
      }
    }
  }

  private void undo() throws InterruptedException {
    try {
      producer.abortTransaction();
    } catch (InterruptException stopped) {
      throw interrupted(stopped);
    } catch (RuntimeException beyondRepair) {
      refuseIfFenced(beyondRepair);
      replace();
    }
  }

  private static void refuseIfFenced(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        throw new FencedException(failure);
      }
    }
  }

  private void replace() throws InterruptedException {
    producer.close(Duration.ZERO);
    while (true) {
      try {
        producer = connected();
        return;
      } catch (InterruptException stopped) {
        throw interrupted(stopped);
      } catch (KafkaException away) {
        metrics.writingFailed(away);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    }
  }

  /** Kafka's own kind sets the thread's flag as well; ours is thrown instead. */
  private static InterruptedException interrupted(InterruptException stopped) {
    Thread.interrupted();
    InterruptedException ours = new InterruptedException(stopped.getMessage());
    ours.initCause(stopped);
    return ours;
  }

  @Override
  public void close() {
    producer.close(CLOSE_WITHIN);
    serializer.close();
  }
}
