package io.tocsin.collectors.network;

import io.tocsin.collectors.echo.EchoMark;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One connection to an echo responder. Usable until the first error. */
final class EchoLink implements Closeable {

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final LongSupplier nanos;
  private final ByteBuffer out;
  private final ByteBuffer in;

  private EchoLink(SocketChannel channel, ByteBuffer out, ByteBuffer in, LongSupplier nanos)
      throws IOException {
    this.channel = channel;
    this.out = out;
    this.in = in;
    this.nanos = nanos;
    channel.configureBlocking(false);
    selector = Selector.open();
    key = channel.register(selector, SelectionKey.OP_READ);
  }

  /**
   * Connects.
   *
   * @param out what is sent is put here; as long as a message at least
   * @param in what comes is put here; of the same length
   */
  static EchoLink open(InetSocketAddress address, Deadline deadline, ByteBuffer out, ByteBuffer in)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      Dial.connect(channel.socket(), address, deadline);
      return new EchoLink(channel, out, in, deadline.nanos());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Sends message after message, each once the one before it is back.
   *
   * @param burst what came of it, also when an error ends it early
   * @throws SocketTimeoutException if a message is not back in time
   * @throws EOFException if the far end closed the connection
   */
  void roundTrips(Burst burst, int size, long nonce, Deadline deadline) throws IOException {
    for (int i = 0; i < burst.size(); i++) {
      EchoMark.question(out, size, nonce, i);
      in.clear().limit(size);
      burst.send(nanos.getAsLong());
      exchange(deadline);
      long now = nanos.getAsLong();
      if (EchoMark.sequence(in.flip(), nonce, burst.size()) != i) {
        throw new IOException("it sent back something else, so it is no echo responder");
      }
      burst.receive(i, now);
    }
  }

  /** Sends what {@code out} holds and fills {@code in}. */
  private void exchange(Deadline deadline) throws IOException {
    while (in.hasRemaining()) {
      boolean moved = out.hasRemaining() && channel.write(out) > 0;
      int read = channel.read(in);
      if (read < 0) {
        throw new EOFException("connection closed");
      }
      if (!moved && read == 0) {
        await(deadline);
      } else if (deadline.passed()) {
        throw new SocketTimeoutException("no answer in time");
      }
    }
  }

  private void await(Deadline deadline) throws IOException {
    long left = deadline.leftNanos();
    if (left <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    key.interestOps(SelectionKey.OP_READ | (out.hasRemaining() ? SelectionKey.OP_WRITE : 0));
    selector.select(Deadline.millis(left));
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
  }

  /**
   * Sends many bytes and takes them back at the same time.
   *
   * @return bytes per second that came back; the deadline, or an error, ends the test with what
   *     came until then, and leaves the connection unusable
   */
  Measured throughput(int bytes, Deadline deadline) throws ClosedByInterruptException {
    long began = nanos.getAsLong();
    int toSend = bytes;
    int back = 0;
    long last = began;
    boolean whole = false;
    try {
      out.clear().limit(0);
      while (back < bytes) {
        if (!out.hasRemaining() && toSend > 0) {
          out.clear().limit(Math.min(toSend, out.capacity()));
          toSend -= out.limit();
        }
        boolean moved = out.hasRemaining() && channel.write(out) > 0;
        int read = channel.read(in.clear());
        if (read < 0) {
          break;
        }
        if (read > 0) {
          back += read;
          last = nanos.getAsLong();
        }
        if (!moved && read == 0) {
          await(deadline);
        } else if (deadline.passed()) {
          break;
        }
      }
      whole = back == bytes;
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      // Counts as the end of the test.
    }
    // Of a test that was cut off, the silence at its end is part of the figure.
    long took = (whole ? last : nanos.getAsLong()) - began;
    return new Measured((double) back * TimeUnit.SECONDS.toNanos(1) / Math.max(1, took), whole);
  }

  /**
   * A throughput.
   *
   * @param bytesPerSecond bytes that came back per second
   * @param whole whether all came back
   */
  record Measured(double bytesPerSecond, boolean whole) {}

  @Override
  public void close() {
    try {
      selector.close();
      channel.close();
    } catch (IOException e) {
      // It is given up in any case.
    }
  }
}
