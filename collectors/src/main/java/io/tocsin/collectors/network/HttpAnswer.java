package io.tocsin.collectors.network;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * An answer as far as it was read.
 *
 * @param head status line and headers
 * @param firstByteAt when its first byte came, by the clock handed in
 * @param lastByteAt when reading ended
 * @param end why it ended
 */
record HttpAnswer(HttpHead head, long firstByteAt, long lastByteAt, End end) {

  /** Why reading ended. */
  enum End {
    /** The body was complete. */
    COMPLETE,
    /** More came than is read. */
    OVER_LIMIT,
    /** The connection ended in the middle of the body. */
    TRUNCATED
  }

  private static final int TAIL = 7;

  /**
   * Reads an answer: all of the head, up to {@code maxBody} bytes of the body. The end of a body in
   * chunks is told by its last bytes, without looking at the chunks, and by the end of the
   * connection, which is what the request asks for.
   *
   * @throws EOFException if the connection ended before the head did
   */
  static HttpAnswer read(InputStream in, int maxBody, LongSupplier nanos) throws IOException {
    byte[] buffer = new byte[HttpHead.LONGEST];
    int length = 0;
    int from = 0;
    int searched = 0;
    long firstByteAt = 0;
    HttpHead head;
    while (true) {
      head = HttpHead.parse(buffer, from, searched, length);
      if (head != null && !head.interim()) {
        break;
      }
      if (head != null) {
        from += head.bytes();
        searched = from;
        continue;
      }
      int read = in.read(buffer, length, buffer.length - length);
      if (read < 0) {
        throw new EOFException("connection closed");
      }
      searched = length;
      firstByteAt = length == 0 ? nanos.getAsLong() : firstByteAt;
      length += read;
    }
    int start = from + head.bytes();
    End end = readBody(in, head, buffer, start, length, maxBody);
    return new HttpAnswer(head, firstByteAt, nanos.getAsLong(), end);
  }

  private static End readBody(
      InputStream in, HttpHead head, byte[] buffer, int start, int length, int maxBody)
      throws IOException {
    long body = length - start;
    Tail tail = new Tail();
    tail.add(buffer, start, length - start);
    while (true) {
      if (head.bodiless()
          || head.contentLength() >= 0 && body >= head.contentLength()
          || head.chunked() && tail.endsChunks(body)) {
        return End.COMPLETE;
      }
      if (body >= maxBody) {
        return End.OVER_LIMIT;
      }
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, maxBody - body));
      if (read < 0) {
        return head.contentLength() >= 0 || head.chunked() ? End.TRUNCATED : End.COMPLETE;
      }
      body += read;
      tail.add(buffer, 0, read);
    }
  }

  /** The last bytes of what was added. */
  private static final class Tail {

    private static final byte[] LAST_CHUNK = {'\r', '\n', '0', '\r', '\n', '\r', '\n'};
    private final byte[] last = new byte[TAIL];

    void add(byte[] from, int at, int length) {
      int taken = Math.min(TAIL, length);
      System.arraycopy(last, taken, last, 0, TAIL - taken);
      System.arraycopy(from, at + length - taken, last, TAIL - taken, taken);
    }

    /** An empty body is a last chunk and nothing before it. */
    boolean endsChunks(long body) {
      int from = body == TAIL - 2 ? 2 : 0;
      for (int i = from; i < TAIL; i++) {
        if (last[i] != LAST_CHUNK[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
