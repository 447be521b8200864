package io.tocsin.bench;

import io.tocsin.schemas.exchange.ProducerSettings;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of a trial, and clients of bytes for them. */
public final class BenchTopics {

  /** Where the plain copy writes: laid out as the topic it reads, but of bounded size. */
  static final String COPY = "bench.copy";

  private static final Map<String, String> COPY_SETTINGS =
      Map.of("retention.bytes", "268435456", "segment.bytes", "67108864");

  private BenchTopics() {}

  static void create(Cluster cluster) throws InterruptedException {
    new SchemaRegistration(cluster).registerAll();
    new TopicCreation(cluster, (short) 1).createMissing();
    NewTopic copy =
        new NewTopic(COPY, Topics.SAMPLES.partitions(), (short) 1).configs(COPY_SETTINGS);
    try (Admin admin = admin(cluster)) {
      admin.createTopics(List.of(copy)).all().get();
    } catch (ExecutionException refused) {
      throw new KafkaException("topic " + COPY + " could not be made: " + refused, refused);
    }
  }

  static void remove(Cluster cluster, String topic) throws InterruptedException {
    try (Admin admin = admin(cluster)) {
      admin.deleteTopics(List.of(topic)).all().get();
    } catch (ExecutionException refused) {
      throw new KafkaException("topic " + topic + " could not be removed: " + refused, refused);
    }
  }

  static Admin admin(Cluster cluster) {
    return Admin.create(cluster.clientSettings());
  }

  /** A producer that fills its batches: throughput counts, and here nobody's clock hangs on it. */
  public static KafkaProducer<byte[], byte[]> producer(
      Cluster cluster, String clientId, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(ProducerSettings.of(cluster, clientId));
    settings.put("max.block.ms", 60_000);
    settings.put("linger.ms", 5);
    settings.put("batch.size", 128 << 10);
    settings.put("buffer.memory", 32L << 20);
    settings.putAll(more);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A consumer that sees committed records only. */
  static KafkaConsumer<byte[], byte[]> consumer(Cluster cluster, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.putAll(cluster.clientSettings());
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.metrics.push", false);
    settings.putAll(more);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static List<TopicPartition> partitions(String topic, int count) {
    return IntStream.range(0, count)
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .toList();
  }
}
