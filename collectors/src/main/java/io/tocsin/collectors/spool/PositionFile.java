package io.tocsin.collectors.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Number of the oldest record that is not acknowledged yet. Two slots of number and checksum,
 * written in turn, so that a write that is cut short leaves the one before it. It may lag behind,
 * which costs repeated deliveries; it need not be newer than the segments.
 */
final class PositionFile implements AutoCloseable {

  private static final int SLOT = 2 * Long.BYTES;

  private final FileChannel channel;
  private long saved;
  private int slot;

  PositionFile(Path path) throws IOException {
    this.channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      ByteBuffer slots = ByteBuffer.allocate(2 * SLOT);
      while (slots.hasRemaining() && channel.read(slots, slots.position()) >= 0) {
        // Short reads go on; a file that is too short leaves zeros, which match no checksum.
      }
      for (int i = 0; i < 2; i++) {
        long number = slots.getLong(i * SLOT);
        if (slots.getLong(i * SLOT + Long.BYTES) == checksum(number) && number > saved) {
          saved = number;
          slot = 1 - i;
        }
      }
      reserve();
    } catch (IOException unreadable) {
      channel.close();
      throw unreadable;
    }
  }

  /** So that a disk that fills up later leaves room for the position. */
  private void reserve() throws IOException {
    if (channel.size() < 2 * SLOT) {
      channel.write(ByteBuffer.allocate((int) (2 * SLOT - channel.size())), channel.size());
    }
  }

  /** What was saved last; 0 if that is nothing or cannot be read. */
  long saved() {
    return saved;
  }

  void save(long number) throws IOException {
    if (number == saved) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(SLOT).putLong(number).putLong(checksum(number)).flip();
    channel.write(bytes, (long) slot * SLOT);
    slot = 1 - slot;
    saved = number;
  }

  void force() throws IOException {
    channel.force(false);
  }

  /** Not 0 for 0, so that an empty slot is no position. */
  private static long checksum(long number) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    return crc.getValue() | 1L << 32;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
