package io.tocsin.collectors.parts;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link FaultProxy} for streams. */
public final class TcpFaultProxy extends FaultProxy {

  private final ServerSocket server;
  private final DelayLine delayLine = new DelayLine(this);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Thread acceptor;
  private volatile long cutAfter = Long.MAX_VALUE;

  TcpFaultProxy(InetSocketAddress target) throws IOException {
    super(target);
    server = new ServerSocket();
    server.bind(loopback(0));
    acceptor = daemon(this::accept);
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  /** Connections accepted so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Ends every open connection with RST, both ways; new ones are welcome. */
  public void cut() {
    open.forEach(TcpFaultProxy::reset);
    open.clear();
  }

  /** Does so by itself when a connection brings more than this to be handed on to the server. */
  public void cutAfter(long bytes) {
    cutAfter = bytes;
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      accepted.incrementAndGet();
      Socket upstream = new Socket();
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      open.add(client);
      open.add(upstream);
      try {
        upstream.connect(target, 2_000);
      } catch (IOException refused) {
        end(client, upstream);
        continue;
      }
      daemon(() -> pump(client, upstream, false));
      daemon(() -> pump(upstream, client, true));
    }
  }

  private void pump(Socket from, Socket to, boolean answers)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[16 * 1024];
    long due = Long.MIN_VALUE;
    long asked = 0;
    try {
      InputStream in = from.getInputStream();
      for (int length; (length = in.read(buffer)) >= 0; ) {
        asked += answers ? 0 : length;
        if (asked > cutAfter) {
          cut();
          return;
        }
        if (silent) {
          lost.addAndGet(length);
        } else if (answers) {
          byte[] chunk = Arrays.copyOf(buffer, length);
          due = delayLine.send(length, due, () -> to.getOutputStream().write(chunk));
          delayLine.throttle(due);
          passed.addAndGet(length);
        } else {
          to.getOutputStream().write(buffer, 0, length);
          passed.addAndGet(length);
        }
      }
      if (answers) {
        delayLine.send(0, due, to::shutdownOutput);
      } else {
        to.shutdownOutput();
      }
    } catch (IOException broken) {
      end(from, to);
    }
  }

  private void end(Socket one, Socket other) {
    reset(one);
    reset(other);
    open.remove(one);
    open.remove(other);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException alreadyClosed) {
      // That is what was wanted.
    }
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
                // The test is over.
              }
            },
            "tcp-fault-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Also refuses new connections from now on. */
  @Override
  public void close() {
    try {
      server.close();
      // Until it wakes up, the kernel still accepts on its behalf.
      acceptor.join();
    } catch (IOException alreadyClosed) {
      // That is what was wanted.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cut();
    delayLine.close();
  }
}
