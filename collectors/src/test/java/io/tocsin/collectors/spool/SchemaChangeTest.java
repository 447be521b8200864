package io.tocsin.collectors.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Resource;
import io.tocsin.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments that another version of the program left behind. */
class SchemaChangeTest {

  /** A resource as a first version might have had it: without most of today's fields. */
  private static final Schema EARLIER =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"Resource","namespace":"io.tocsin.schemas","fields":[
                {"name":"id","type":"string"},
                {"name":"forgotten","type":"int"},
                {"name":"kind","type":{"type":"enum","name":"ResourceKind","symbols":["HOST"]}},
                {"name":"name","type":"string"},
                {"name":"updatedAt","type":"long"}]}
              """);

  @TempDir Path temp;

  @Test
  void recordsAreReadWithTheSchemaTheyWereWrittenWith() throws IOException {
    SpoolFixture fixture = new SpoolFixture(temp);
    GenericRecord earlier = new GenericData.Record(EARLIER);
    earlier.put("id", "host/web-1");
    earlier.put("forgotten", 7);
    earlier.put("kind", new GenericData.EnumSymbol(EARLIER.getField("kind").schema(), "HOST"));
    earlier.put("name", "web-1");
    earlier.put("updatedAt", 1_000L);
    segment(Topics.RESOURCES.name(), EARLIER.toString(), encoded(earlier));

    try (Spool spool = fixture.open()) {
      Outgoing.Value<?> value = (Outgoing.Value<?>) spool.reader().next().outgoing();
      Resource resource = (Resource) value.value();
      assertThat(resource.getId()).isEqualTo("host/web-1");
      assertThat(resource.getUpdatedAt().toEpochMilli()).isEqualTo(1_000);
      assertThat(resource.getLabels()).isEmpty();
    }
    assertThat(fixture.lost).isEmpty();
  }

  @Test
  void recordsOfATopicOrASchemaThatNoLongerFitAreCountedAndPassedBy() throws IOException {
    SpoolFixture fixture = new SpoolFixture(temp);
    segment("tocsin.forgotten", "\"string\"", new byte[] {2, 'x'});
    try (Spool spool = fixture.open()) {
      assertThat(spool.reader().next()).isNull();
      SpoolFixture.write(spool, 1, 1);
      assertThat(SpoolFixture.read(spool)).containsExactly(1L);
      spool.acknowledge(spool.next());
    }
    assertThat(fixture.lost).containsEntry(Losses.UNDECODABLE, 1L);
    Files.deleteIfExists(temp.resolve("position"));
    segment(Topics.PROBES.name(), "\"string\"", new byte[] {2, 'x'});
    try (Spool spool = fixture.open()) {
      assertThat(SpoolFixture.read(spool)).isEmpty();
    }
    segment(Topics.PROBES.name(), "no schema", new byte[] {2, 'x'});
    try (Spool spool = fixture.open()) {
      assertThat(SpoolFixture.read(spool)).isEmpty();
    }
    assertThat(fixture.lost).containsEntry(Losses.UNDECODABLE, 3L);
  }

  private void segment(String topic, String schema, byte[] payload) throws IOException {
    ByteBuffer header =
        SegmentHeader.bytes(0, List.of(new SegmentHeader.WrittenTopic(topic, schema)));
    GrowingBuffer frame = new GrowingBuffer();
    frame.skip(Frame.SMALLEST);
    frame.write(payload, 0, payload.length);
    Frame.seal(frame, 0, 0, 0, 0, false);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(header.array(), 0, header.limit());
    file.write(frame.array(), 0, frame.size());
    Files.write(Segment.path(temp, 0), file.toByteArray());
  }

  private static byte[] encoded(GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }
}
