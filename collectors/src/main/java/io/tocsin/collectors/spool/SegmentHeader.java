package io.tocsin.collectors.spool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The beginning of a segment. It names the topics and the schemas that its values were written
 * with, so that a later version of the program reads them by Avro's schema resolution, without any
 * registry. Layout: {@code TOCSPOOL}, version, length of the rest, CRC-32C of the rest, rest.
 *
 * @param first number of the segment's first record
 * @param topics in the order of the frames' topic index
 * @param size bytes that the header takes, where the first frame begins
 */
record SegmentHeader(long first, List<WrittenTopic> topics, int size) {

  private static final byte[] MAGIC = "TOCSPOOL".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int PREFIX = 8 + 3 * Integer.BYTES;
  private static final int LARGEST = 4 * 1024 * 1024;
  private static final int MOST_TOPICS = 127;

  /**
   * A topic as the writer knew it.
   *
   * @param name the topic's name
   * @param schema the values' schema in Avro's parsing canonical form
   */
  record WrittenTopic(String name, String schema) {}

  static ByteBuffer bytes(long first, List<WrittenTopic> topics) {
    try {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(body);
      out.writeLong(first);
      out.writeInt(topics.size());
      for (WrittenTopic topic : topics) {
        text(out, topic.name());
        text(out, topic.schema());
      }
      byte[] rest = body.toByteArray();
      return ByteBuffer.allocate(PREFIX + rest.length)
          .put(MAGIC)
          .putInt(VERSION)
          .putInt(rest.length)
          .putInt(checksum(rest))
          .put(rest)
          .flip();
    } catch (IOException impossible) {
      throw new IllegalStateException("memory cannot fail to be written", impossible);
    }
  }

  /**
   * Reads the header of a segment.
   *
   * @throws IOException if there is none that this version can use
   */
  static SegmentHeader read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer prefix = filled(channel, 0, PREFIX);
      byte[] magic = new byte[MAGIC.length];
      prefix.get(magic);
      int version = prefix.getInt();
      int length = prefix.getInt();
      int checksum = prefix.getInt();
      if (!Arrays.equals(magic, MAGIC) || version != VERSION) {
        throw new IOException("it does not begin as a segment of version " + VERSION);
      }
      if (length < 0 || length > LARGEST) {
        throw new IOException("its header claims to be " + length + " bytes long");
      }
      byte[] rest = filled(channel, PREFIX, length).array();
      if (checksum(rest) != checksum) {
        throw new IOException("its header does not match its checksum");
      }
      return parse(rest);
    }
  }

  private static SegmentHeader parse(byte[] rest) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(rest));
    long first = in.readLong();
    int count = in.readInt();
    if (count < 0 || count > MOST_TOPICS) {
      throw new IOException("its header claims " + count + " topics");
    }
    List<WrittenTopic> topics = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      topics.add(new WrittenTopic(text(in), text(in)));
    }
    return new SegmentHeader(first, List.copyOf(topics), PREFIX + rest.length);
  }

  private static ByteBuffer filled(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("it ends within its header");
      }
    }
    return bytes.flip();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("its header contradicts itself");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
