package io.tocsin.schemas.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.TickingClock;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over Kafka's own consumer and producer for tests. */
class TopicReaderTest {

  private static final Cluster CLUSTER = new Cluster("none", "mock://topic-reader");
  private static final TopicPartition PARTITION = new TopicPartition(Topics.PROBES.name(), 0);
  private static final byte[] CORRUPT = "corrupt".getBytes(StandardCharsets.UTF_8);
  private static final Duration NOW = Duration.ZERO;

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Probe probe = Examples.probe(Health.UP, Examples.NOON);
  private TopicReader reader;

  @BeforeEach
  void assign() {
    new SchemaRegistration(CLUSTER).registerAll();
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    reader =
        new TopicReader(
            CLUSTER,
            Set.of(Topics.PROBES),
            new DeadLetters("test", CLUSTER, new TickingClock()),
            new TopicWriter(CLUSTER, producer),
            consumer);
  }

  @Test
  void handsOutGoodRecordsAroundABrokenOneAndKeepsThatWhole() {
    arrive(0, good());
    arrive(1, CORRUPT);
    arrive(2, good());

    List<Received<?>> values = reader.poll(NOW);

    assertThat(values).extracting(Received::place).containsExactly(at(0), at(2));
    assertThat(values).allSatisfy(v -> assertThat(v.as(Topics.PROBES)).contains(probe));
    DeadLetter letter = theLetter();
    assertThat(letter.getStage()).isEqualTo("test");
    assertThat(letter.getTopic()).isEqualTo(Topics.PROBES.name());
    assertThat(letter.getOffset()).isEqualTo(1);
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(CORRUPT));
  }

  @Test
  void handsTheSameRecordsOutAgainWhereABrokenOneCouldNotBeKept() {
    producer.sendException = new TimeoutException("no broker");
    arrive(0, good());
    arrive(1, CORRUPT);
    assertThatThrownBy(() -> reader.poll(NOW)).hasRootCauseMessage("no broker");

    producer.sendException = null;
    arrive(0, good());
    arrive(1, CORRUPT);

    assertThat(reader.poll(NOW)).extracting(Received::place).containsExactly(at(0));
    assertThat(theLetter().getOffset()).isEqualTo(1);
  }

  @Test
  void handsOutADeletionWithItsKey() {
    arrive(0, null);

    assertThat(reader.poll(NOW))
        .singleElement()
        .satisfies(
            value -> {
              assertThat(value.value()).isNull();
              assertThat(value.key()).isEqualTo("endpoint/shop");
            });
  }

  private DeadLetter theLetter() {
    assertThat(producer.history()).hasSize(1);
    return new TopicDeserializer<>(Topics.DEAD_LETTERS, CLUSTER)
        .deserialize("", producer.history().get(0).value());
  }

  private byte[] good() {
    return new TopicSerializer<>(Topics.PROBES, CLUSTER).serialize(probe);
  }

  private void arrive(long offset, byte[] value) {
    byte[] key = "endpoint/shop".getBytes(StandardCharsets.UTF_8);
    consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset, key, value));
  }

  private static String at(long offset) {
    return "tocsin.probes-0@" + offset;
  }
}
