package io.tocsin.collectors.spool;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the frames of one segment in order. Where bytes are not a frame it looks for the next place
 * where a frame begins whose checksum holds and whose number is one that can follow, so that one
 * bad byte costs one record. It only ever moves forward, so that no corruption can hold it up.
 */
final class FrameReader implements AutoCloseable {

  private static final int WINDOW = 128 * 1024;

  private final FileChannel channel;
  private long offset;
  private long expected;
  private ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowStart;

  /**
   * A reader of frames.
   *
   * @param offset where the first frame begins
   * @param expected number of the first frame
   */
  FrameReader(Path path, long offset, long expected) throws IOException {
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
    this.offset = offset;
    this.expected = expected;
  }

  /** Offset behind the last frame read. */
  long offset() {
    return offset;
  }

  /** Number that the next frame should have. */
  long expected() {
    return expected;
  }

  /**
   * The next frame that begins and ends before {@code limit}; null if there is none. Its number is
   * higher than expected if frames before it cannot be read.
   */
  Frame next(long limit) throws IOException {
    Frame following = at(offset, limit);
    for (long probe = offset + 1; following == null && probe + Frame.SMALLEST <= limit; probe++) {
      following = at(probe, limit);
    }
    if (following != null) {
      offset = following.end();
      expected = following.number() + 1;
    }
    return following;
  }

  private Frame at(long start, long limit) throws IOException {
    if (start + Frame.SMALLEST > limit) {
      return null;
    }
    int at = window(start, Frame.SMALLEST, limit);
    int length = window.getInt(at);
    long number = window.getLong(at + Frame.PREFIX);
    // Numbers rise by 1, and each takes room: this rules almost every wrong place out cheaply.
    boolean can =
        Frame.plausible(length)
            && start + Frame.PREFIX + length <= limit
            && number >= expected
            && number - expected <= limit / Frame.SMALLEST;
    if (!can) {
      return null;
    }
    at = window(start, Frame.PREFIX + length, limit);
    if (!Frame.whole(window, at)) {
      return null;
    }
    return new Frame(
        number,
        window.getLong(at + Frame.PREFIX + Long.BYTES),
        window.get(at + Frame.PREFIX + 2 * Long.BYTES),
        window.get(at + Frame.PREFIX + 2 * Long.BYTES + 1) != 0,
        window.slice(at + Frame.SMALLEST, length - Frame.FIXED),
        start + Frame.PREFIX + length);
  }

  /** Sees to it that so many bytes from {@code start} are in the window; where they begin in it. */
  private int window(long start, int bytes, long limit) throws IOException {
    if (start < windowStart || start + bytes > windowStart + window.limit()) {
      fill(start, bytes, limit);
    }
    return (int) (start - windowStart);
  }

  private void fill(long start, int bytes, long limit) throws IOException {
    int size = Math.max(bytes, WINDOW);
    if (window.capacity() < size || (window.capacity() > WINDOW && size == WINDOW)) {
      window = ByteBuffer.allocate(size);
    }
    window.clear().limit((int) Math.min(size, limit - start));
    windowStart = start;
    while (window.hasRemaining()) {
      if (channel.read(window, start + window.position()) < 0) {
        window.limit(0);
        throw new EOFException("the file is shorter than what was written to it");
      }
    }
    window.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
