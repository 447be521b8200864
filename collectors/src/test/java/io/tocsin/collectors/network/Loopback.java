package io.tocsin.collectors.network;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that does with each connection what a test says, good manners or not. */
final class Loopback implements Closeable {

  /** What is done with one connection, which is closed afterwards. */
  @FunctionalInterface
  interface Manners {
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  Loopback(Manners manners) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), manners);
  }

  Loopback(ServerSocket server, Manners manners) {
    this.server = server;
    daemon(
        () -> {
          while (true) {
            Socket socket = server.accept();
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

  int port() {
    return server.getLocalPort();
  }

  /** Reads a request up to its empty line. */
  static void readRequest(Socket socket) throws IOException {
    int last = 0;
    for (int newlines = 0; newlines < 2; ) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("client gone");
      }
      newlines = next == '\n' ? newlines + 1 : next == '\r' && last == '\n' ? newlines : 0;
      last = next;
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
    for (Socket socket : open) {
      socket.close();
    }
  }
}
