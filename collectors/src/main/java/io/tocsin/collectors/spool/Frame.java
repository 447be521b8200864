package io.tocsin.collectors.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One record as it stands in a segment, all numbers big-endian:
 *
 * <pre>
 * int   length of all that follows the checksum
 * int   CRC-32C of the length and of all that follows the checksum
 * long  number of the record
 * long  when the agent took it in, milliseconds since 1970
 * byte  index of the topic in the segment's header
 * byte  0 for a value, 1 for a removal
 *       Avro binary of the value, or UTF-8 of the key that is removed
 * </pre>
 *
 * @param end offset behind it
 * @param payload value or key; valid until the next frame is read
 */
record Frame(
    long number, long queuedAtMillis, int topic, boolean removal, ByteBuffer payload, long end) {

  static final int PREFIX = 2 * Integer.BYTES;
  static final int FIXED = 2 * Long.BYTES + 2;
  static final int SMALLEST = PREFIX + FIXED;

  /** Four times what a broker takes unless told otherwise. */
  static final int LARGEST = 4 * 1024 * 1024;

  /** Fills in what stands before the payload of a frame that begins at {@code start}. */
  static void seal(
      GrowingBuffer into, int start, long number, long atMillis, int topic, boolean removal) {
    int length = into.size() - start - PREFIX;
    ByteBuffer frame = ByteBuffer.wrap(into.array(), start, into.size() - start).slice();
    frame.putInt(0, length);
    frame.putLong(PREFIX, number);
    frame.putLong(PREFIX + Long.BYTES, atMillis);
    frame.put(PREFIX + 2 * Long.BYTES, (byte) topic);
    frame.put(PREFIX + 2 * Long.BYTES + 1, (byte) (removal ? 1 : 0));
    frame.putInt(Integer.BYTES, checksum(frame, 0, length));
  }

  static boolean plausible(int length) {
    return length >= FIXED && length <= LARGEST;
  }

  /**
   * Whether the frame that begins at {@code at} is what was written. All of it is in the buffer.
   */
  static boolean whole(ByteBuffer buffer, int at) {
    return buffer.getInt(at + Integer.BYTES) == checksum(buffer, at, buffer.getInt(at));
  }

  private static int checksum(ByteBuffer buffer, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.array(), buffer.arrayOffset() + at, Integer.BYTES);
    crc.update(buffer.array(), buffer.arrayOffset() + at + PREFIX, length);
    return (int) crc.getValue();
  }
}
