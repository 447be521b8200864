package io.tocsin.alerting.healing.execute.haproxy;

import io.tocsin.alerting.healing.execute.BoundedCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * HAProxy's runtime API: a command a connection, and an answer up to its end ("Unix Socket
 * commands" in HAProxy's management guide). Thread-safe.
 */
final class RuntimeApi implements AutoCloseable {

  /** More than {@code show servers state} says of ten thousand servers. */
  private static final int LONGEST_ANSWER = 4 << 20;

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final BoundedCalls calls = new BoundedCalls("tocsin-haproxy");
  private final Path socket;
  private final String tcp;

  /** Over a Unix socket, or else over TCP. */
  RuntimeApi(Path socket, String tcp) {
    this.socket = socket;
    this.tcp = tcp;
  }

  /**
   * What HAProxy answers.
   *
   * @param command one line, made of words of ours and of checked names alone
   * @throws IOException if it is away, does not answer in time or not in the expected length
   */
  String ask(String command, Duration within) throws IOException, InterruptedException {
    if (command.indexOf('\n') >= 0 || command.indexOf(';') >= 0) {
      throw new IllegalArgumentException("more than one command");
    }
    Duration limit = within.compareTo(LONGEST) < 0 ? within : LONGEST;
    try {
      // A blocked channel closes when its thread is interrupted, which is what the limit does.
      return calls.call(() -> exchange(command), limit);
    } catch (TimeoutException late) {
      throw new IOException("haproxy at " + this + " does not answer in time", late);
    } catch (ExecutionException failed) {
      String why = failed.getCause().getMessage();
      throw new IOException(
          "haproxy at " + this + ": " + (why == null ? failed.getCause().toString() : why), failed);
    }
  }

  private String exchange(String command) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address())) {
      ByteBuffer line = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      ByteBuffer part = ByteBuffer.allocate(16 << 10);
      while (channel.read(part) >= 0) {
        answer.write(part.array(), 0, part.position());
        part.clear();
        if (answer.size() > LONGEST_ANSWER) {
          throw new IOException("answer is longer than " + LONGEST_ANSWER + " bytes");
        }
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  private SocketAddress address() throws IOException {
    if (socket != null) {
      return UnixDomainSocketAddress.of(socket);
    }
    int colon = tcp.lastIndexOf(':');
    InetSocketAddress address =
        new InetSocketAddress(tcp.substring(0, colon), Integer.parseInt(tcp.substring(colon + 1)));
    if (address.isUnresolved()) {
      throw new UnknownHostException("there is no host of that name");
    }
    return address;
  }

  @Override
  public void close() {
    calls.close();
  }

  @Override
  public String toString() {
    return socket == null ? tcp : socket.toString();
  }
}
