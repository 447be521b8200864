package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.evaluate.EdgeLearnt;
import io.tocsin.alerting.evaluate.Learnt;
import io.tocsin.alerting.evaluate.Outcome;
import io.tocsin.alerting.evaluate.ResourceState;
import io.tocsin.alerting.evaluate.Seen;
import io.tocsin.alerting.evaluate.SequenceState;
import io.tocsin.alerting.evaluate.SeriesState;
import io.tocsin.alerting.evaluate.ShadowState;
import io.tocsin.alerting.evaluate.StepAlert;
import io.tocsin.alerting.incidents.Case;
import io.tocsin.alerting.incidents.HealPolicies;
import io.tocsin.alerting.incidents.IncidentBook;
import io.tocsin.alerting.incidents.Member;
import io.tocsin.alerting.incidents.SeenCommand;
import io.tocsin.alerting.incidents.Settings;
import io.tocsin.alerting.incidents.Shelf;
import io.tocsin.alerting.incidents.SilenceEntry;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Silence;
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

  @ParameterizedTest
  @ValueSource(
      classes = {
        RawRecord.class,
        BookInput.class,
        RelationInput.class,
        Outcome.Fact.class,
        ResourceState.class,
        Seen.class,
        SeriesState.class,
        Learnt.class,
        EdgeLearnt.class,
        StepAlert.class,
        SequenceState.class,
        ShadowState.class,
        Case.class,
        Member.class,
        SilenceEntry.class,
        SeenCommand.class
      })
  void recordsNeedNoKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void whatTheBookKeepsComesBackAsItWas() throws Exception {
    Shelf shelf = Shelf.inMemory();
    IncidentBook book =
        new IncidentBook(shelf, Settings.DEFAULT, HealPolicies.NONE, Records.at(-60));
    book.onAlert(IncidentBench.down("endpoint/shop", 0), Records.at(1));
    book.onCommand(silence(), Records.at(2));
    Case open = book.cases().iterator().next();
    assertThat(open.incident().getSilencedBy()).isEqualTo("s");
    assertThat(roundTrip(Case.class, open)).isEqualTo(open);
    Member member = book.members().iterator().next();
    assertThat(roundTrip(Member.class, member)).isEqualTo(member);
    SilenceEntry entry = shelf.silences().values().iterator().next();
    assertThat(roundTrip(SilenceEntry.class, entry)).isEqualTo(entry);
    SeenCommand seen = shelf.commands().values().iterator().next();
    assertThat(roundTrip(SeenCommand.class, seen)).isEqualTo(seen);
  }

  @Test
  void inputsOfTheBookComeBackAsTheyWere() throws Exception {
    Alert alert = IncidentBench.down("endpoint/shop", 0);
    BookInput input = BookInput.of(alert);
    assertThat(roundTrip(BookInput.class, input)).isEqualTo(input);
    BookInput gone = BookInput.of("endpoint/shop", null);
    assertThat(roundTrip(BookInput.class, gone)).isEqualTo(gone);
    RawRecord raw = new RawRecord("tocsin.commands", 1, 2, 3, "k", new byte[] {1, 2});
    BookInput command = roundTrip(BookInput.class, BookInput.of(silence(), raw));
    assertThat(command.command()).isEqualTo(silence());
    assertThat(command.raw().value()).containsExactly(1, 2);
  }

  @Test
  void aTombstoneStaysOne() throws Exception {
    RawRecord tombstone = new RawRecord("tocsin.rules", 0, 7, 3, "load", null);
    assertThat(roundTrip(RawRecord.class, tombstone)).isEqualTo(tombstone);
  }

  @Test
  void aSealCrossesFromTaskToTask() throws Exception {
    byte[] seal = {1, 2, 3};
    RawRecord sealed = new RawRecord("tocsin.probes", 0, 7, 3, "k", seal, "web-1", seal);
    RawRecord back = roundTrip(RawRecord.class, sealed);
    assertThat(back.agent()).isEqualTo("web-1");
    assertThat(back.seal()).containsExactly(1, 2, 3);
  }

  @Test
  void avroRecordsKeepTheirTimesBytesAndNulls() throws Exception {
    Resource resource = Records.description("endpoint/shop", 1_000);
    assertThat(roundTrip(new AvroTypeInfo<>(Resource.class), resource)).isEqualTo(resource);
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setStage("alerting")
            .setTopic("t")
            .setPartition(0)
            .setOffset(1)
            .setRecordedAt(Records.at(0))
            .setAt(Records.at(1))
            .setReason("broken")
            .setValue(ByteBuffer.wrap(new byte[] {1, 2}))
            .build();
    assertThat(roundTrip(new AvroTypeInfo<>(DeadLetter.class), letter)).isEqualTo(letter);
  }

  private static Command silence() {
    Silence silence =
        Silence.newBuilder()
            .setId("s")
            .setMatchers(List.of(new Matcher("service", "shop", false)))
            .setReason("move")
            .setBy("ann")
            .setStartsAt(Records.at(0))
            .setEndsAt(Records.at(600))
            .build();
    return Command.newBuilder()
        .setId("c")
        .setKind(CommandKind.SILENCE)
        .setBy("ann")
        .setAt(Records.at(2))
        .setSilence(silence)
        .build();
  }

  private static <T> T roundTrip(Class<T> type, T value) throws Exception {
    return roundTrip(TypeInformation.of(type), value);
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
