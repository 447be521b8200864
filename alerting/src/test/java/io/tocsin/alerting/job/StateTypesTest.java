package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.incident.Heal;
import io.tocsin.alerting.incident.Track;
import io.tocsin.alerting.rule.EndpointHealth;
import io.tocsin.alerting.rule.Share;
import io.tocsin.alerting.rule.Signal;
import io.tocsin.alerting.rule.Verdict;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Probe;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept in state, or goes from task to task, comes back as it was, without Kryo. */
class StateTypesTest {

  private static final Incident INCIDENT =
      Incident.newBuilder()
          .setId("1")
          .setRule("availability")
          .setResourceId("endpoint/shop")
          .setState(IncidentState.OPEN)
          .setPriority(Priority.P0)
          .setPriorityReason("core")
          .setSummary("down")
          .setEvidence(List.of("refused"))
          .setStartedAt(Examples.NOON)
          .setOpenedAt(Examples.NOON)
          .setUpdatedAt(Examples.NOON)
          .setDueAt(Examples.NOON)
          .setVersion(1)
          .build();

  @ParameterizedTest
  @ValueSource(classes = {Signal.class, Share.class, EndpointHealth.class, Track.class, Heal.class})
  void recordsNeedNoKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void aTrackComesBackAsItWas() throws Exception {
    Heal heal = new Heal("p", 1, HealOutcome.INTENT, Examples.NOON, null, false);
    Track full =
        new Track(
            Examples.NOON, Verdict.BAD, null, Examples.NOON, INCIDENT, heal, Examples.NOON, "x");
    assertThat(roundTrip(TypeInformation.of(Track.class), full)).isEqualTo(full);
    assertThat(roundTrip(TypeInformation.of(Track.class), Track.NEW)).isEqualTo(Track.NEW);
  }

  @Test
  void aSignalComesBackAsItWas() throws Exception {
    Signal signal = Signal.of(Examples.probe(Health.DOWN, Examples.NOON)).with(new Share(1, 2));
    assertThat(roundTrip(TypeInformation.of(Signal.class), signal)).isEqualTo(signal);
  }

  @Test
  void avroRecordsKeepTheirTimesAndNulls() throws Exception {
    Probe probe = Examples.probe(Health.DOWN, Examples.NOON);
    assertThat(roundTrip(new AvroTypeInfo<>(Probe.class), probe)).isEqualTo(probe);
    assertThat(roundTrip(new AvroTypeInfo<>(Incident.class), INCIDENT)).isEqualTo(INCIDENT);
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setStage("alerting")
            .setTopic("t")
            .setPartition(0)
            .setOffset(1)
            .setRecordedAt(Examples.NOON)
            .setAt(Examples.NOON)
            .setReason("broken")
            .setValue(ByteBuffer.wrap(new byte[] {1, 2}))
            .build();
    assertThat(roundTrip(new AvroTypeInfo<>(DeadLetter.class), letter)).isEqualTo(letter);
  }

  private static <T> T roundTrip(TypeInformation<T> type, T value) throws Exception {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    TypeSerializer<T> serializer = type.createSerializer(config);
    DataOutputSerializer out = new DataOutputSerializer(256);
    serializer.serialize(serializer.copy(value), out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
