package io.tocsin.collectors.health;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A Unix socket that does with each connection what a test says, good manners or not. */
final class UnixServer implements Closeable {

  /** What is done with one connection. */
  @FunctionalInterface
  interface Manners {
    void serve(SocketChannel socket) throws IOException, InterruptedException;
  }

  final AtomicInteger accepted = new AtomicInteger();
  private final Path path;
  private final ServerSocketChannel server;
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

  UnixServer(Path path, Manners manners) throws IOException {
    this.path = path;
    Files.deleteIfExists(path);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    daemon(
        () -> {
          while (true) {
            SocketChannel socket = server.accept();
            accepted.incrementAndGet();
            open.add(socket);
            daemon(
                () -> {
                  try (socket) {
                    manners.serve(socket);
                  }
                });
          }
        });
  }

  /** Takes the request of each connection and answers with what is given, then hangs up. */
  static Manners answering(String status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, bytes.length);
    return socket -> {
      while (readRequest(socket)) {
        write(socket, head + body);
      }
    };
  }

  /** Reads up to the empty line; false when the client has gone. */
  static boolean readRequest(SocketChannel socket) throws IOException {
    StringBuilder seen = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (seen.indexOf("\r\n\r\n") < 0) {
      one.clear();
      if (socket.read(one) < 0) {
        return false;
      }
      seen.append((char) one.get(0));
    }
    return true;
  }

  static void write(SocketChannel socket, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException closed) {
                // The test is over, or the client hung up.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel socket : open) {
      socket.close();
    }
    Files.deleteIfExists(path);
  }
}
