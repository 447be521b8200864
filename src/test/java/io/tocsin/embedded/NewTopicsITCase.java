package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.exchange.TopicSizes;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Topics at a real broker, in the moment in which they were made. */
@Timeout(120)
class NewTopicsITCase {

  private static final int PARTITIONS = 32;

  @TempDir Path directory;

  @Test
  void whoeverMadeThemCanWriteToEachPartitionAtOnce() throws Exception {
    try (EmbeddedKafka kafka = new EmbeddedKafka(directory, Ports.free(), death -> {})) {
      kafka.start();
      Cluster cluster = new Cluster(kafka.address(), "http://127.0.0.1:1");
      try (Producer<byte[], byte[]> producer = askingOnce(cluster)) {
        TopicSizes sizes = new TopicSizes(PARTITIONS, Duration.ofHours(1));
        assertThat(new TopicCreation(cluster, (short) 1, sizes).createMissing())
            .contains(Topics.SAMPLES.name());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
          byte[] value = {1};
          sent.add(
              producer.send(new ProducerRecord<>(Topics.SAMPLES.name(), partition, value, value)));
        }
        for (Future<RecordMetadata> acknowledged : sent) {
          assertThat(acknowledged.get(30, TimeUnit.SECONDS).offset()).isZero();
        }
      }
    }
  }

  /** A producer that is told of the first refusal, where another would ask again. */
  private static Producer<byte[], byte[]> askingOnce(Cluster cluster) {
    Map<String, Object> settings = new HashMap<>(cluster.clientSettings());
    settings.put("enable.idempotence", false);
    settings.put("retries", 0);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
