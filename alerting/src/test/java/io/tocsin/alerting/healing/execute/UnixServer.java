package io.tocsin.alerting.healing.execute;

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

/** A Unix socket that does with each connection what a test says, good manners or not. */
public final class UnixServer implements Closeable {

  /** What is done with one connection. */
  @FunctionalInterface
  public interface Manners {
    void serve(SocketChannel connection) throws IOException;
  }

  private final Path path;
  private final ServerSocketChannel server;
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

  public UnixServer(Path path, Manners manners) throws IOException {
    this.path = path;
    Files.deleteIfExists(path);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    daemon(
        () -> {
          while (true) {
            SocketChannel connection = server.accept();
            open.add(connection);
            daemon(
                () -> {
                  try (connection) {
                    manners.serve(connection);
                  }
                });
          }
        });
  }

  /** Takes everything, says nothing. */
  public static void silent(SocketChannel connection) throws IOException {
    ByteBuffer sink = ByteBuffer.allocate(1024);
    while (connection.read(sink.clear()) >= 0) {
      // and again
    }
  }

  /** Says what is no answer in any protocol, for as long as somebody listens. */
  public static void babbling(SocketChannel connection) throws IOException {
    while (true) {
      write(connection, "\u0000\u001b garbage \r\n".repeat(100));
    }
  }

  /** Writes all of a text. */
  public static void write(SocketChannel connection, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // The test is over, or the client hung up.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel connection : open) {
      connection.close();
    }
    Files.deleteIfExists(path);
  }
}
