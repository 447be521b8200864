package io.tocsin.collectors.security;

import io.tocsin.collectors.docker.DockerSocket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A Unix socket that passes bytes to the Docker daemon and back, until it is told not to. */
final class SocketProxy implements AutoCloseable {

  private final ServerSocketChannel server;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean refusing;

  SocketProxy(Path path) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    start(this::acceptAll);
  }

  /** Cuts all connections, and each new one at once. */
  void refuse() {
    refusing = true;
    open.forEach(SocketProxy::closeQuietly);
    open.clear();
  }

  /** Lets new connections through. */
  void accept() {
    refusing = false;
  }

  private void acceptAll() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        if (refusing) {
          client.close();
          continue;
        }
        SocketChannel daemon =
            SocketChannel.open(UnixDomainSocketAddress.of(DockerSocket.DEFAULT.path()));
        open.add(client);
        open.add(daemon);
        start(() -> pump(client, daemon));
        start(() -> pump(daemon, client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void pump(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
    try {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
    } catch (IOException cut) {
      // Either side may go at any time.
    } finally {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException alreadyBroken) {
      // It is gone either way.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "socket-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    refuse();
    server.close();
  }
}
