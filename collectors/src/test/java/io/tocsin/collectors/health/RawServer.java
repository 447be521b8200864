package io.tocsin.collectors.health;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A loopback server that does with each connection what a test says, good manners or not. */
final class RawServer implements Closeable {

  /** What is done with one connection. */
  @FunctionalInterface
  interface Manners {
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  final AtomicInteger accepted = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final Thread acceptor;

  RawServer(Manners manners) throws IOException {
    this(0, manners);
  }

  RawServer(int port, Manners manners) throws IOException {
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    acceptor =
        daemon(
            () -> {
              while (!server.isClosed()) {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                open.add(socket);
                daemon(() -> manners.serve(socket));
              }
            });
  }

  int port() {
    return server.getLocalPort();
  }

  /** Answers every request on a connection, as a server with keep-alive does. */
  static Manners polite(String status, String body) {
    return socket -> {
      while (readRequest(socket)) {
        write(
            socket,
            "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
      }
    };
  }

  /** Reads up to the empty line; false when the client has gone. */
  static boolean readRequest(Socket socket) throws IOException {
    int last = 0;
    for (int newlines = 0; newlines < 2; ) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return false;
      }
      newlines = next == '\n' ? newlines + 1 : next == '\r' && last == '\n' ? newlines : 0;
      last = next;
    }
    return true;
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Makes the next close send RST instead of FIN. */
  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static Thread daemon(Work work) {
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
    return thread;
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      // Until it wakes up, the kernel still accepts on its behalf.
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : open) {
      if (!socket.isClosed()) {
        reset(socket);
      }
    }
  }
}
