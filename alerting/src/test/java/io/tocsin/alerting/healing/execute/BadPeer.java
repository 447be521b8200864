package io.tocsin.alerting.healing.execute;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A TCP server on loopback that is in trouble. */
public final class BadPeer implements Closeable {

  private final Closeable held;
  private final int port;
  private final List<Socket> taken = Collections.synchronizedList(new ArrayList<>());

  private BadPeer(Closeable held, int port) {
    this.held = held;
    this.port = port;
  }

  /** One in that trouble. */
  public static BadPeer in(Trouble trouble) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    if (trouble == Trouble.AWAY) {
      // Bound and never listened on: who connects is refused, and no other process gets the port.
      Socket bound = new Socket();
      bound.bind(new InetSocketAddress(loopback, 0));
      return new BadPeer(bound, bound.getLocalPort());
    }
    ServerSocket server = new ServerSocket(0, 50, loopback);
    BadPeer peer = new BadPeer(server, server.getLocalPort());
    Thread thread = new Thread(() -> peer.take(server, trouble), "bad-peer");
    thread.setDaemon(true);
    thread.start();
    return peer;
  }

  private void take(ServerSocket server, Trouble trouble) {
    try {
      while (true) {
        Socket socket = server.accept();
        taken.add(socket);
        if (trouble == Trouble.NONSENSE) {
          socket
              .getOutputStream()
              .write(
                  "\u0001\u0002<html>\r\n\r\n%$§ 12 nonsense\n".getBytes(StandardCharsets.UTF_8));
          socket.shutdownOutput();
        }
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  /** Where it listens, or would. */
  public int port() {
    return port;
  }

  /** How many connections it has taken. */
  public int connections() {
    return taken.size();
  }

  @Override
  public void close() throws IOException {
    held.close();
    for (Socket socket : List.copyOf(taken)) {
      socket.close();
    }
  }
}
