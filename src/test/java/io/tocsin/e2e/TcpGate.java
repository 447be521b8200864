package io.tocsin.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of its own in front of a real one, that can be shut: by refusing, as a machine does whose
 * server is stopped, or by taking everything and answering nothing, as a network does that lost it.
 */
final class TcpGate implements AutoCloseable {

  /** What happens to who comes. */
  enum State {
    OPEN,
    REFUSING,
    SILENT
  }

  private final int behind;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile State state = State.REFUSING;
  private volatile ServerSocket server;

  /** Opens one in front of a port of this machine. */
  TcpGate(int behind) throws IOException {
    this.behind = behind;
    this.port = TestInstallation.freePorts(1).get(0);
    turn(State.OPEN);
  }

  int port() {
    return port;
  }

  /** Changes what happens; who is connected is cut off. */
  synchronized void turn(State next) throws IOException {
    state = next;
    sockets.forEach(TcpGate::close);
    sockets.clear();
    if (next == State.REFUSING) {
      shut();
    } else if (server == null) {
      ServerSocket listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      server = listening;
      thread(() -> accept(listening));
    }
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket caller = listening.accept();
        sockets.add(caller);
        if (state == State.OPEN) {
          Socket store = new Socket(InetAddress.getLoopbackAddress(), behind);
          sockets.add(store);
          thread(() -> copy(caller, store));
          thread(() -> copy(store, caller));
        } else if (state == State.REFUSING) {
          close(caller); // it came just before the gate was shut
        }
      } catch (IOException shut) {
        // The loop's condition ends it, or the next caller comes.
      }
    }
  }

  private void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] some = new byte[1 << 16];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        out.write(some, 0, read);
      }
    } catch (IOException cutOff) {
      // Both ends are closed below.
    }
    close(from);
    close(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private static void thread(Runnable work) {
    Thread made = new Thread(work, "test-gate");
    made.setDaemon(true);
    made.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is not wanted any more either way.
    }
  }

  private void shut() throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    turn(State.REFUSING);
  }
}
