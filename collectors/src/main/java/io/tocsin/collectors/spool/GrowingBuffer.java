package io.tocsin.collectors.spool;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that are gathered and then patched in place; keeps its room from one use to the next. */
final class GrowingBuffer extends OutputStream {

  /** Room that is kept; more than that is let go of after use. */
  private static final int KEPT = 256 * 1024;

  private byte[] bytes = new byte[16 * 1024];
  private int size;

  @Override
  public void write(int one) {
    room(1);
    bytes[size++] = (byte) one;
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    room(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  private void room(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  int size() {
    return size;
  }

  /** Makes room for {@code count} bytes that are filled in later. */
  void skip(int count) {
    room(count);
    size += count;
  }

  /** Forgets all but the first bytes. */
  void cut(int newSize) {
    size = newSize;
    if (newSize == 0 && bytes.length > KEPT) {
      bytes = new byte[KEPT];
    }
  }

  byte[] array() {
    return bytes;
  }

  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size);
  }
}
