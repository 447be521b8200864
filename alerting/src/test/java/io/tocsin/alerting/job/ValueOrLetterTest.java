package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.types.Either;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ValueOrLetterTest {

  private static final Cluster CLUSTER = new Cluster("none", "mock://value-or-letter");

  @BeforeAll
  static void register() {
    new SchemaRegistration(CLUSTER).registerAll();
  }

  @Test
  void aGoodRecordIsItsValue() throws Exception {
    Probe probe = Examples.probe(Health.UP, Examples.NOON);
    assertThat(read(bytes(probe)).left()).isEqualTo(probe);
  }

  @Test
  void aBrokenRecordIsALetterThatSaysWhereItStoodAndWhy() throws Exception {
    DeadLetter letter = read(new byte[] {9, 9, 9, 9, 9, 9}).right();
    assertThat(letter.getStage()).isEqualTo("alerting");
    assertThat(letter.getTopic()).isEqualTo("tocsin.probes");
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getOffset()).isEqualTo(42);
    assertThat(letter.getReason()).contains("0x09");
  }

  @Test
  void aRecordWithoutAValueIsALetter() throws Exception {
    assertThat(read(null).right().getReason()).isEqualTo("has no value");
  }

  @Test
  void aRecordFromTheFutureIsALetterAndOneAtTheLimitIsNot() throws Exception {
    Probe atLimit = Examples.probe(Health.UP, Examples.NOON.plus(ValueOrLetter.MAX_AHEAD));
    Probe beyond = Examples.probe(Health.UP, atLimit.getAt().plusMillis(1));
    assertThat(read(bytes(atLimit)).isLeft()).isTrue();
    assertThat(read(bytes(beyond)).right().getReason()).contains("future");
  }

  private static byte[] bytes(Probe probe) {
    try (TopicSerializer<Probe> serializer = new TopicSerializer<>(Topics.PROBES, CLUSTER)) {
      return serializer.serialize(probe);
    }
  }

  private static Either<Probe, DeadLetter> read(byte[] value) throws Exception {
    ValueOrLetter<Probe> schema =
        InstantiationUtil.clone(
            new ValueOrLetter<>(
                TopicName.of(Topics.PROBES),
                Probe::getAt,
                CLUSTER,
                Clock.fixed(Examples.NOON, ZoneOffset.UTC)));
    schema.open(null);
    List<Either<Probe, DeadLetter>> out = new ArrayList<>();
    schema.deserialize(
        new ConsumerRecord<>("tocsin.probes", 3, 42, new byte[] {1}, value),
        new ListCollector<>(out));
    assertThat(out).hasSize(1);
    return out.get(0);
  }
}
