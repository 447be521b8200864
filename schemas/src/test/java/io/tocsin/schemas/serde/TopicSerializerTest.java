package io.tocsin.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicSerializerTest {

  @Test
  void neverRegistersASchemaItself() {
    Cluster empty = new Cluster("none", "mock://nothing-registered");
    try (var serializer = new TopicSerializer<>(Topics.PROBES, empty)) {
      assertThatThrownBy(() -> serializer.serialize(Examples.probe(Health.UP, Examples.NOON)))
          .isInstanceOf(KafkaException.class);
    }
  }

  @Test
  void keepsSchemaIdsWhenRegistrationRunsAgain() {
    Cluster cluster = new Cluster("none", "mock://registered-twice");

    var first = new SchemaRegistration(cluster).registerAll();

    assertThat(new SchemaRegistration(cluster).registerAll()).isEqualTo(first);
    assertThat(first).hasSize(Topics.all().size()).containsKey("tocsin.probes-value");
  }

  static Stream<Topic<?>> topics() {
    return Topics.all().stream();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void writesWhatConfluentsSerializerWrites(Topic<?> topic) throws IOException {
    holdAgainstConfluents(topic);
  }

  private static <V extends SpecificRecord> void holdAgainstConfluents(Topic<V> topic)
      throws IOException {
    Cluster cluster = new Cluster("none", "mock://beside-confluents");
    new SchemaRegistration(cluster).registerAll();
    try (var serializer = new TopicSerializer<>(topic, cluster);
        var confluents =
            new KafkaAvroSerializer(Registry.client(cluster), Registry.serdeSettings(cluster))) {
      for (Object random : new RandomData(topic.schema(), 20, 1L)) {
        V value = specific(topic, random);
        assertThat(serializer.serialize(value))
            .isEqualTo(confluents.serialize(topic.name(), value));
      }
    }
  }

  private static <V extends SpecificRecord> V specific(Topic<V> topic, Object generic)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(topic.schema()).write(generic, encoder);
    encoder.flush();
    return new SpecificDatumReader<>(topic.valueType())
        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
  }
}
