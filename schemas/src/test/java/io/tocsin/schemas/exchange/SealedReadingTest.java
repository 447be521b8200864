package io.tocsin.schemas.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.TickingClock;
import io.tocsin.schemas.seal.FleetSecret;
import io.tocsin.schemas.seal.SealPolicy;
import io.tocsin.schemas.seal.SealPolicy.Mode;
import io.tocsin.schemas.seal.Sealer;
import io.tocsin.schemas.secret.SecretFile;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a writer sealed, as a reader that asks for seals sees it. */
class SealedReadingTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final TopicPartition PARTITION = new TopicPartition(Topics.PROBES.name(), 0);

  @TempDir Path directory;

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
  private final MockProducer<byte[], byte[]> letters = producer();
  private Cluster cluster;
  private TopicReader reader;

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @BeforeEach
  void open() throws Exception {
    Path secret = directory.resolve("fleet");
    SecretFile.create(secret, SECRET);
    cluster =
        new Cluster(
            "none",
            "mock://sealed-reading",
            null,
            new SealPolicy(Mode.ENFORCE, SecretRef.in(secret), null, null));
    new SchemaRegistration(cluster).registerAll();
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    reader =
        new TopicReader(
            cluster,
            Set.of(Topics.PROBES),
            new DeadLetters("test", cluster, new TickingClock()),
            new TopicWriter(cluster, letters),
            consumer);
  }

  /** A probe by agent-1, sealed by whom the test says; null for nobody. */
  private ProducerRecord<byte[], byte[]> written(String by) {
    MockProducer<byte[], byte[]> sent = producer();
    Sealer sealer = by == null ? null : new Sealer(new FleetSecret(SECRET).keyOf(by));
    try (TopicWriter writer = new TopicWriter(cluster, sent, sealer)) {
      writer.send(Topics.PROBES, Examples.probe(Health.UP, Examples.NOON)).join();
    }
    return sent.history().get(0);
  }

  private void arrive(long offset, ProducerRecord<byte[], byte[]> record, byte[] key) {
    consumer.addRecord(
        new ConsumerRecord<>(
            PARTITION.topic(),
            0,
            offset,
            0,
            TimestampType.CREATE_TIME,
            key.length,
            record.value().length,
            key,
            record.value(),
            record.headers(),
            Optional.empty()));
  }

  @Test
  void onlyWhatItsAgentSealedIsHandedOutAndTheRestIsKeptWithItsReason() {
    arrive(0, written("agent-1"), written("agent-1").key());
    arrive(1, written(null), written(null).key());
    arrive(2, written("agent-2"), written("agent-2").key());
    arrive(3, written("agent-1"), "endpoint/other".getBytes());

    assertThat(reader.poll(Duration.ZERO))
        .singleElement()
        .satisfies(value -> assertThat(value.origin().offset()).isZero());
    assertThat(letters.history())
        .extracting(
            record ->
                new TopicDeserializer<>(Topics.DEAD_LETTERS, cluster)
                    .deserialize("", record.value()))
        .extracting(DeadLetter::getReason)
        .satisfiesExactly(
            first -> assertThat(first).contains("no seal"),
            second -> assertThat(second).contains("agent agent-2 sealed it"),
            third -> assertThat(third).contains("its key is not that"));
  }
}
