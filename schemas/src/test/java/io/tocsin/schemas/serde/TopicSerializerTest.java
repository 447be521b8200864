package io.tocsin.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

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
}
