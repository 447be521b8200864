package io.tocsin.collectors.app.receiver;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The body of a request, held until it is closed.
 *
 * <p>The limit is on what comes out of the inflater: a few kilobytes may inflate to gigabytes.
 */
final class Body implements AutoCloseable {

  private static final int FIRST = 16 * 1024;

  private final BodyBudget budget;
  private byte[] bytes;
  private int length;

  private Body(BodyBudget budget) {
    this.budget = budget;
  }

  /**
   * Reads a body to its end.
   *
   * @param gzip whether it is compressed
   * @throws Refusal if it is too long or there is no memory for it now, or is no gzip
   * @throws IOException if the sender has gone or was cut off
   */
  static Body read(InputStream in, boolean gzip, int limit, BodyBudget budget)
      throws Refusal, IOException {
    Body body = new Body(budget);
    boolean complete = false;
    try {
      body.grow(Math.min(FIRST, limit));
      if (gzip) {
        body.fillFrom(new Compressed(in), limit);
      } else {
        body.fill(in, limit);
      }
      complete = true;
      return body;
    } finally {
      if (!complete) {
        body.close();
      }
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  private void fillFrom(Compressed compressed, int limit) throws Refusal, IOException {
    try (GZIPInputStream in = new GZIPInputStream(compressed, 4096)) {
      fill(in, limit);
    } catch (IOException e) {
      if (compressed.failed) {
        throw e;
      }
      throw new Refusal(400, "the body is no gzip, or ends in the middle of it");
    }
  }

  private void fill(InputStream in, int limit) throws Refusal, IOException {
    while (true) {
      if (length == bytes.length) {
        if (length == limit) {
          if (in.read() < 0) {
            return;
          }
          throw new Refusal(413, "the body is longer than " + limit + " bytes");
        }
        grow((int) Math.min(limit, 2L * length));
      }
      int more = in.read(bytes, length, bytes.length - length);
      if (more < 0) {
        return;
      }
      length += more;
    }
  }

  private void grow(int size) throws Refusal {
    int more = size - (bytes == null ? 0 : bytes.length);
    if (!budget.take(more)) {
      throw Refusal.later("too much is being sent at once; send it again later");
    }
    bytes = bytes == null ? new byte[size] : Arrays.copyOf(bytes, size);
  }

  @Override
  public void close() {
    if (bytes != null) {
      budget.giveBack(bytes.length);
      bytes = null;
    }
  }

  /** Tells a failure of the connection from one of the inflater. */
  private static final class Compressed extends InputStream {

    private final InputStream in;
    private boolean failed;

    Compressed(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }
  }
}
