package io.tocsin.collectors.container;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One question over HTTP to a server on a Unix socket, and its answer. It speaks HTTP/1.0, so the
 * answer comes in one piece and its end is the end of the connection.
 *
 * <p>Every wait for bytes ends at a deadline. A wait for the connection itself ends when the thread
 * is interrupted.
 */
final class UnixHttp extends InputStream {

  private static final int LONGEST_LINE = 8 * 1024;
  private static final int MOST_HEADERS = 200;
  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final SocketChannel channel;
  private final Selector selector;
  private final LongSupplier nanoTime;
  private final long deadline;
  private final InputStream buffered = new BufferedInputStream(this, 8 * 1024);
  private final int status;

  /**
   * Asks, and reads the answer up to its body.
   *
   * @param path of the question; must be printable ASCII without blanks
   * @param deadline by which the last byte must have come, of the clock {@code nanoTime}
   */
  UnixHttp(Path socket, String path, LongSupplier nanoTime, long deadline) throws IOException {
    this.nanoTime = nanoTime;
    this.deadline = deadline;
    this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    this.selector = Selector.open();
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      String question =
          "GET " + path + " HTTP/1.0\r\nHost: docker\r\nAccept: application/json\r\n\r\n";
      ByteBuffer bytes = ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      this.status = status(line());
      for (int headers = 0; !line().isEmpty(); headers++) {
        if (headers > MOST_HEADERS) {
          throw new ProtocolException("the answer has too many headers");
        }
      }
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  int status() {
    return status;
  }

  /** What follows the headers. */
  InputStream body() {
    return buffered;
  }

  private static int status(String line) throws ProtocolException {
    if (!line.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
      throw new ProtocolException("what answers there does not speak HTTP");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next; (next = buffered.read()) != '\n'; ) {
      if (next < 0) {
        throw new ProtocolException("the answer ends before it begins");
      }
      if (line.length() == LONGEST_LINE) {
        throw new ProtocolException("what answers there does not speak HTTP");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(to, offset, length);
    while (true) {
      long leftMs = (deadline - nanoTime.getAsLong()) / NANOS_PER_MILLI;
      if (leftMs <= 0) {
        throw new SocketTimeoutException("it does not answer in time");
      }
      int count = channel.read(bytes);
      if (count != 0) {
        return count;
      }
      selector.select(leftMs);
      selector.selectedKeys().clear();
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the question was broken off");
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      channel.close();
    }
  }
}
