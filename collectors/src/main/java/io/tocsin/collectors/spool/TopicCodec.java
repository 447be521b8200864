package io.tocsin.collectors.spool;

import io.tocsin.schemas.topic.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Avro binary of the topics that an agent writes. One instance for writing, one for reading. */
final class TopicCodec {

  private final List<Topic<?>> topics;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final List<SpecificDatumWriter<SpecificRecord>> writers = new ArrayList<>();
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  TopicCodec(List<Topic<?>> topics) {
    this.topics = List.copyOf(topics);
    for (Topic<?> topic : topics) {
      requireTrust(topic);
      indexes.put(topic.name(), indexes.size());
      writers.add(
          new SpecificDatumWriter<>(topic.schema(), SpecificData.getForClass(topic.valueType())));
    }
  }

  /** Better not to start than to give up every record that is read back. */
  private static void requireTrust(Topic<?> topic) {
    try {
      SpecificData.getForClass(topic.valueType()).getClass(topic.schema());
    } catch (SecurityException untrusted) {
      throw new SpoolException(
          "Avro is not allowed to read %s back: start Java with -D%s=%s"
              .formatted(
                  topic,
                  "org.apache.avro.SERIALIZABLE_PACKAGES",
                  topic.valueType().getPackageName()),
          untrusted);
    }
  }

  /** What goes into a segment's header. */
  List<SegmentHeader.WrittenTopic> written() {
    return topics.stream()
        .map(
            topic ->
                new SegmentHeader.WrittenTopic(
                    topic.name(), SchemaNormalization.toParsingForm(topic.schema())))
        .toList();
  }

  /** Index of a topic that values are written to. */
  int indexOf(Topic<?> topic) {
    Integer index = indexes.get(topic.name());
    if (index == null) {
      throw new IllegalArgumentException("the spool was not made for topic " + topic);
    }
    return index;
  }

  void encode(Outgoing outgoing, GrowingBuffer into) throws IOException {
    if (outgoing instanceof Outgoing.Value<?> value) {
      encoder = EncoderFactory.get().binaryEncoder(into, encoder);
      writers.get(indexOf(value.topic())).write(value.value(), encoder);
      encoder.flush();
    } else if (outgoing instanceof Outgoing.Removal removal) {
      into.write(removal.key().getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Readers of what stands in a segment, by topic index; null for a topic that this program does
   * not know.
   */
  List<Source<?>> sources(SegmentHeader header) {
    List<Source<?>> sources = new ArrayList<>();
    for (SegmentHeader.WrittenTopic written : header.topics()) {
      Integer index = indexes.get(written.name());
      sources.add(index == null ? null : source(topics.get(index), written));
    }
    return sources;
  }

  private static <V extends SpecificRecord> Source<V> source(
      Topic<V> topic, SegmentHeader.WrittenTopic written) {
    try {
      Schema writer = new Schema.Parser().parse(written.schema());
      return new Source<>(
          topic,
          new SpecificDatumReader<>(
              writer, topic.schema(), SpecificData.getForClass(topic.valueType())));
    } catch (AvroRuntimeException noSchema) {
      return null;
    }
  }

  /**
   * What a frame carries.
   *
   * @throws IOException or an unchecked exception of Avro's if the schemas do not fit
   */
  Outgoing decode(Frame frame, Source<?> source) throws IOException {
    ByteBuffer payload = frame.payload();
    byte[] bytes = payload.array();
    int start = payload.arrayOffset();
    if (frame.removal()) {
      String key = new String(bytes, start, payload.limit(), StandardCharsets.UTF_8);
      return new Outgoing.Removal(source.topic(), key);
    }
    decoder = DecoderFactory.get().binaryDecoder(bytes, start, payload.limit(), decoder);
    return source.read(decoder);
  }

  /** A topic, and a reader from the writer's schema to this program's. */
  record Source<V extends SpecificRecord>(Topic<V> topic, SpecificDatumReader<V> reader) {

    Outgoing read(BinaryDecoder decoder) throws IOException {
      return new Outgoing.Value<>(topic, reader.read(null, decoder));
    }
  }
}
