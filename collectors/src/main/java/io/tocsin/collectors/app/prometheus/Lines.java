package io.tocsin.collectors.app.prometheus;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, without ever holding more than one. A line over the limit is
 * named and skipped up to its end. Not thread-safe.
 */
public final class Lines {

  /** Takes the lines; numbers start at 1. */
  public interface Sink {

    /** One line, without its newline; the bytes are only lent. */
    void line(byte[] bytes, int from, int to, int number);

    /** A line that was too long. */
    void tooLong(int number);
  }

  private final int limit;
  private final Sink sink;
  private byte[] held = new byte[256];
  private int length;
  private boolean skipping;
  private int number = 1;

  /**
   * Nothing read so far.
   *
   * @param limit longest line, in bytes
   */
  public Lines(int limit, Sink sink) {
    this.limit = limit;
    this.sink = sink;
  }

  /** Takes more bytes. */
  public void feed(byte[] bytes, int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        end(bytes, start, i);
        start = i + 1;
      }
    }
    hold(bytes, start, to);
  }

  /**
   * There is no more.
   *
   * @return whether the last line had its newline
   */
  public boolean finish() {
    boolean complete = length == 0 && !skipping;
    if (!complete) {
      end(held, 0, 0);
    }
    return complete;
  }

  private void end(byte[] bytes, int start, int end) {
    if (length == 0 && !skipping && end - start <= limit) {
      sink.line(bytes, start, end, number);
    } else {
      hold(bytes, start, end);
      if (skipping) {
        sink.tooLong(number);
      } else {
        sink.line(held, 0, length, number);
      }
    }
    length = 0;
    skipping = false;
    number++;
  }

  private void hold(byte[] bytes, int start, int end) {
    int more = end - start;
    if (skipping || length + more > limit) {
      skipping = true;
      return;
    }
    if (length + more > held.length) {
      held = Arrays.copyOf(held, Math.max(2 * held.length, length + more));
    }
    System.arraycopy(bytes, start, held, length, more);
    length += more;
  }
}
