package io.tocsin.collectors.app.scrape;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A target on loopback that answers each connection as a test says, good manners or not. */
final class RawTarget implements Closeable {

  /** What is done once the head of a request has been read. */
  @FunctionalInterface
  interface Manners {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ServerSocket server = new ServerSocket();

  RawTarget(Manners manners) throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start(
        () -> {
          while (!server.isClosed()) {
            Socket socket = server.accept();
            open.add(socket);
            start(() -> serve(socket, manners));
          }
        });
  }

  /** One that answers in full and closes. */
  static Manners with(String status, String contentType, String body) {
    return out -> {
      String head = "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n";
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      out.write(head.formatted(status, contentType, bytes.length).getBytes(StandardCharsets.UTF_8));
      out.write(bytes);
    };
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/metrics");
  }

  private void serve(Socket socket, Manners manners) throws IOException, InterruptedException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return;
      }
      head.append((char) next);
    }
    requests.add(head.toString());
    manners.answer(socket.getOutputStream());
    socket.close();
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void start(Work work) {
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
    for (Socket socket : open) {
      socket.close();
    }
  }
}
