package io.tocsin.bench;

import io.tocsin.schemas.Window;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * What of a window the bench looks at. Reading no more keeps the reader cheap, which shares the
 * machine with what is measured.
 *
 * @param startsAt in ms
 * @param sizeMs length
 * @param latestAt time of its newest sample, in ms
 * @param isFinal whether it is the last record of its window
 * @param intervals intervals in it
 * @param members 0 but for a roll-up
 */
record WindowHead(
    long startsAt, long sizeMs, long latestAt, boolean isFinal, int intervals, int members) {

  private static final int WIRE_HEADER_BYTES = 5;
  private static final List<String> FIELDS =
      List.of("startsAt", "sizeMs", "latestAt", "isFinal", "intervals", "members");

  /** Reads window heads. Not thread-safe. */
  static final class Reader {
    private final GenericDatumReader<GenericRecord> reader;
    private BinaryDecoder decoder;
    private GenericRecord record;

    Reader() {
      Schema all = Topics.WINDOWS.schema();
      List<Schema.Field> some =
          all.getFields().stream()
              .filter(field -> FIELDS.contains(field.name()))
              .map(field -> new Schema.Field(field, field.schema()))
              .toList();
      reader =
          new GenericDatumReader<>(
              all,
              Schema.createRecord(
                  Window.class.getSimpleName(), null, all.getNamespace(), false, some));
    }

    /** The head of a window in the wire format, written by this version of the program. */
    WindowHead read(byte[] bytes) throws IOException {
      decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, WIRE_HEADER_BYTES, bytes.length - WIRE_HEADER_BYTES, decoder);
      record = reader.read(record, decoder);
      return new WindowHead(
          (long) record.get("startsAt"),
          (long) record.get("sizeMs"),
          (long) record.get("latestAt"),
          (boolean) record.get("isFinal"),
          (int) record.get("intervals"),
          (int) record.get("members"));
    }
  }
}
