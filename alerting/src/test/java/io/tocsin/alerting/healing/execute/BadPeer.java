package io.tocsin.alerting.healing.execute;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A TCP server on loopback that is in trouble. */
public final class BadPeer implements Closeable {

  private final ServerSocket server;
  private final List<Socket> taken = Collections.synchronizedList(new ArrayList<>());

  private BadPeer(ServerSocket server) {
    this.server = server;
  }

  /** One in that trouble. */
  public static BadPeer in(Trouble trouble) throws IOException {
    BadPeer peer = new BadPeer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    if (trouble == Trouble.AWAY) {
      peer.server.close();
      return peer;
    }
    Thread thread = new Thread(() -> peer.take(trouble), "bad-peer");
    thread.setDaemon(true);
    thread.start();
    return peer;
  }

  private void take(Trouble trouble) {
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
    return server.getLocalPort();
  }

  /** How many connections it has taken. */
  public int connections() {
    return taken.size();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : List.copyOf(taken)) {
      socket.close();
    }
  }
}
