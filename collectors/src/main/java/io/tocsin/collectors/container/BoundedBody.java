package io.tocsin.collectors.container;

import io.tocsin.collectors.Problem.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** An answer that may neither be longer nor take longer than allowed. */
final class BoundedBody extends FilterInputStream {

  /** It was, or did. */
  static final class OverBound extends IOException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private OverBound(Reason reason, String what) {
      super(what);
      this.reason = reason;
    }

    Reason reason() {
      return reason;
    }
  }

  private final LongSupplier nanoTime;
  private final long deadline;
  private final long limit;
  private long left;

  BoundedBody(InputStream in, long limit, LongSupplier nanoTime, long deadline) {
    super(in);
    this.nanoTime = nanoTime;
    this.deadline = deadline;
    this.limit = limit;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (nanoTime.getAsLong() - deadline > 0) {
      throw new OverBound(Reason.DEADLINE, "the answer does not end in time");
    }
    int count = super.read(to, offset, length);
    left -= Math.max(0, count);
    if (left < 0) {
      throw new OverBound(Reason.OVER_LIMIT, "the answer is longer than " + limit + " bytes");
    }
    return count;
  }
}
