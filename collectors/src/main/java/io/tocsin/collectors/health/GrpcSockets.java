package io.tocsin.collectors.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Sockets of one gRPC channel. The transport sets no limit to connecting and to the TLS handshake,
 * and shutting a channel down does not end either: here connecting has a limit, and {@link #close}
 * ends all that is going on.
 */
final class GrpcSockets extends SocketFactory implements AutoCloseable {

  private final int connectMillis;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  GrpcSockets(int connectMillis) {
    this.connectMillis = connectMillis;
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    Socket socket = new Socket();
    open.removeIf(Socket::isClosed);
    open.add(socket);
    try {
      if (closed) {
        throw new IOException("the channel is closed");
      }
      socket.connect(new InetSocketAddress(host, port), connectMillis);
      return socket;
    } catch (IOException e) {
      open.remove(socket);
      socket.close();
      throw e;
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public void close() {
    closed = true;
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException gone) {
        // It is closed either way.
      }
    }
    open.clear();
  }
}
