package io.tocsin.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {

  private static final Cluster CLUSTER = new Cluster("none", "mock://record-decoder");
  private static final Probe PROBE = Examples.probe(Health.DOWN, Examples.NOON);

  private final RecordDecoder<Probe> decoder = new RecordDecoder<>(Topics.PROBES, CLUSTER);
  private final TopicSerializer<Probe> serializer = new TopicSerializer<>(Topics.PROBES, CLUSTER);

  @BeforeEach
  void registerSchemas() {
    new SchemaRegistration(CLUSTER).registerAll();
  }

  @Test
  void readsWhatWasWritten() {
    assertThat(decoder.decode(serializer.serialize(PROBE))).isEqualTo(new Decoded.Value<>(PROBE));
  }

  @Test
  void refusesTextAsNotInTheWireFormat() {
    assertThat(reasonOf("hello, broker".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("starts with 0x68, not 0x00: not in the Confluent wire format");
  }

  @Test
  void refusesBytesTooShortForAHeader() {
    assertThat(reasonOf(new byte[] {0, 0})).startsWith("only 2 bytes");
  }

  @Test
  void refusesASchemaIdThatTheRegistryDoesNotKnow() {
    byte[] bytes = serializer.serialize(PROBE);
    ByteBuffer.wrap(bytes).putInt(1, 987_654);

    assertThat(reasonOf(bytes))
        .isEqualTo("names schema id 987654, which the registry does not know");
  }

  @Test
  void refusesARecordOfAnotherTopic() {
    HealPlan plan =
        HealPlan.newBuilder()
            .setId("p")
            .setIncidentId("i")
            .setAttempt(1)
            .setAction("restart")
            .setTargetId("endpoint/shop")
            .setPriority(Priority.P0)
            .setReason("down")
            .setCreatedAt(Examples.NOON)
            .setNotAfter(Examples.NOON)
            .build();
    byte[] bytes = new TopicSerializer<>(Topics.HEAL_PLANS, CLUSTER).serialize(plan);

    assertThat(reasonOf(bytes))
        .isEqualTo(
            "is a io.tocsin.schemas.HealPlan, but tocsin.probes carries io.tocsin.schemas.Probe");
  }

  @Test
  void refusesATruncatedRecord() {
    byte[] whole = serializer.serialize(PROBE);

    assertThat(reasonOf(Arrays.copyOf(whole, whole.length / 2)))
        .startsWith("does not decode with the schema of id ");
  }

  @Test
  void saysThatTheRegistryIsAwayRatherThanThatTheRecordIsBroken() {
    byte[] good = serializer.serialize(PROBE);
    try (RecordDecoder<Probe> cutOff =
        new RecordDecoder<>(Topics.PROBES, new Cluster("none", "http://127.0.0.1:1"))) {
      assertThatThrownBy(() -> cutOff.decode(good))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("does not answer");
    }
  }

  @Property(tries = 300)
  void neverThrowsOnAnyPayloadBehindAGoodHeader(@ForAll byte[] payload) {
    registerSchemas();
    byte[] header = Arrays.copyOf(serializer.serialize(PROBE), 5);
    byte[] bytes = Arrays.copyOf(header, 5 + payload.length);
    System.arraycopy(payload, 0, bytes, 5, payload.length);

    assertThat(decoder.decode(bytes)).isNotNull();
    decoder.decode(serializer.serialize(PROBE)); // from here on by the reader that it keeps
    assertThat(decoder.decode(bytes)).isNotNull();
  }

  @Test
  void readsTheSameAgainAfterBrokenOnes() {
    byte[] whole = serializer.serialize(PROBE);
    for (int time = 0; time < 3; time++) {
      assertThat(decoder.decode(whole)).isEqualTo(new Decoded.Value<>(PROBE));
      assertThat(reasonOf(Arrays.copyOf(whole, whole.length / 2)))
          .startsWith("does not decode with the schema of id ");
    }
  }

  private String reasonOf(byte[] bytes) {
    Decoded<Probe> decoded = decoder.decode(bytes);
    assertThat(decoded).isInstanceOf(Decoded.Poison.class);
    return ((Decoded.Poison<Probe>) decoded).reason();
  }
}
