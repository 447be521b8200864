package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The agent over the real writer, over Kafka's own stand-in for a producer. */
class TopicWriterPublisherTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

  @Test
  void recordsGoToTheirTopicsUnderTheirKeys() {
    Cluster cluster = new Cluster("none", "mock://collectors-registered");
    new SchemaRegistration(cluster).registerAll();

    run(cluster, () -> ofTheHost().size() >= 2);

    assertThat(ofTheHost().get(0).topic()).isEqualTo(Topics.RESOURCES.name());
    assertThat(ofTheHost().get(1).topic()).isEqualTo(Topics.SAMPLES.name());
  }

  /** What was sent under the fake host's key; the agent reports on itself under another. */
  private List<ProducerRecord<byte[], byte[]>> ofTheHost() {
    return producer.history().stream()
        .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals("host/web-1"))
        .toList();
  }

  @Test
  void aSchemaThatTheRegistryDoesNotKnowIsCountedAsSuch() {
    Cluster cluster = new Cluster("none", "mock://collectors-unregistered");

    run(
        cluster,
        () -> {
          var counter =
              meters
                  .find("tocsin.collectors.dropped")
                  .tag("reason", "schema-not-registered")
                  .counter();
          return counter != null && counter.count() >= 2;
        });

    assertThat(producer.history()).isEmpty();
  }

  @Test
  void aTombstoneIsAKeyWithoutAValue() {
    Cluster cluster = new Cluster("none", "mock://collectors-tombstone");
    try (TopicWriter writer = new TopicWriter(cluster, producer)) {
      Publisher.to(writer).remove(Topics.RESOURCES, "host/web-1");

      assertThatThrownBy(() -> writer.remove(Topics.SAMPLES, "host/web-1"))
          .hasMessageContaining("is not compacted");
    }

    assertThat(producer.history()).hasSize(1);
    assertThat(producer.history().get(0).topic()).isEqualTo("tocsin.resources");
    assertThat(producer.history().get(0).value()).isNull();
  }

  private void run(Cluster cluster, java.util.concurrent.Callable<Boolean> done) {
    FakeCollector collector =
        new FakeCollector("fake", Duration.ofMillis(10), number -> FakeCollector.sample());
    try (TopicWriter writer = new TopicWriter(cluster, producer);
        Agent agent =
            new Agent(Fakes.config(collector), Publisher.to(writer), Clock.systemUTC(), meters)) {
      agent.start();
      await().atMost(Duration.ofSeconds(30)).until(done);
    }
  }
}
