package io.tocsin.collectors.echo;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The echo responder: sends back over TCP what comes, and answers the datagrams of a prober ({@link
 * EchoMark}). One thread of its own serves all; nothing that a peer does makes it hold more than
 * {@link EchoConfig} allows, or keeps the others waiting.
 */
public final class EchoServer implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;
  private static final long SWEEP_MILLIS = 250;
  private static final int BACKLOG = 512;

  /** Connections accepted before those that are open get their turn. */
  private static final int AT_A_TIME = 64;

  private final EchoConfig config;
  private final LongSupplier nanos;
  private final Tally tally = new Tally();
  private final ByteBuffer shared = ByteBuffer.allocateDirect(BUFFER);
  private final Selector selector;
  private final ServerSocketChannel server;
  private final SelectionKey serverKey;
  private final DatagramChannel datagrams;
  private final DatagramEcho datagramEcho;
  private final Thread thread;
  private volatile boolean closing;
  private long swept;

  private EchoServer(EchoConfig config, LongSupplier nanos) throws IOException {
    this.config = config;
    this.nanos = nanos;
    InetAddress bind = InetAddress.getByName(config.bind());
    selector = Selector.open();
    server = ServerSocketChannel.open();
    datagrams = DatagramChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listen(new InetSocketAddress(bind, config.tcpPort()), "tcp");
      server.configureBlocking(false);
      serverKey = server.register(selector, SelectionKey.OP_ACCEPT);
      listen(new InetSocketAddress(bind, config.udpPort()), "udp");
      datagrams.configureBlocking(false);
      datagrams.register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      closeAll();
      throw e;
    }
    SourceLimit limit = new SourceLimit(config.datagramsPerSecond(), nanos);
    datagramEcho = new DatagramEcho(datagrams, config.maxDatagram(), limit, tally);
    thread = new Thread(this::serve, "tocsin-echo");
    thread.setDaemon(true);
  }

  /**
   * Listens and serves from now on.
   *
   * @throws IOException if the address or a port cannot be had; the message says which
   */
  public static EchoServer start(EchoConfig config) throws IOException {
    return start(config, System::nanoTime);
  }

  static EchoServer start(EchoConfig config, LongSupplier nanos) throws IOException {
    EchoServer server = new EchoServer(config, nanos);
    server.thread.start();
    return server;
  }

  private void listen(InetSocketAddress address, String protocol) throws IOException {
    try {
      if (protocol.equals("tcp")) {
        server.bind(address, BACKLOG);
      } else {
        datagrams.bind(address);
      }
    } catch (IOException e) {
      throw new IOException(
          "echo: cannot listen at %s port %s %d: %s"
              .formatted(config.bind(), protocol, address.getPort(), e.getMessage()),
          e);
    }
  }

  /** The TCP port that it listens at. */
  public int tcpPort() {
    return server.socket().getLocalPort();
  }

  /** The UDP port that it listens at. */
  public int udpPort() {
    return datagrams.socket().getLocalPort();
  }

  /** What it has done so far; may be called at any time. */
  public EchoCounters counters() {
    return tally.snapshot();
  }

  /** Waits until it has been closed. */
  public void join() throws InterruptedException {
    thread.join();
  }

  private void serve() {
    try {
      while (!closing) {
        selector.select(SWEEP_MILLIS);
        long now = nanos.getAsLong();
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
          SelectionKey key = keys.next();
          keys.remove();
          serve(key, now);
        }
        if (now - swept >= TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS)) {
          swept = now;
          sweep(now);
        }
      }
    } catch (IOException e) {
      // The system gave up on our selector: nobody can be served any more.
      tally.broken.incrementAndGet();
    } finally {
      closeAll();
    }
  }

  private void serve(SelectionKey key, long now) {
    if (!key.isValid()) {
      return;
    }
    if (key == serverKey) {
      accept(now);
    } else if (key.channel() == datagrams) {
      datagramEcho.serve();
    } else {
      try {
        if (!((EchoConnection) key.attachment()).serve(key, shared, now)) {
          end(key);
        }
      } catch (IOException e) {
        tally.broken.incrementAndGet();
        end(key);
      }
    }
  }

  private void accept(long now) {
    SocketChannel channel = null;
    try {
      for (int i = 0; i < AT_A_TIME && (channel = server.accept()) != null; i++) {
        tally.accepted.incrementAndGet();
        if (tally.open.get() >= config.maxConnections()) {
          tally.refused.incrementAndGet();
          channel.close();
          continue;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new EchoConnection(channel, tally, now));
        tally.open.incrementAndGet();
      }
    } catch (IOException e) {
      // Out of file descriptors: the connection stays in the queue, and asking at once again
      // would burn the CPU. The next sweep asks.
      serverKey.interestOps(0);
      closeQuietly(channel);
    }
  }

  private void sweep(long now) {
    serverKey.interestOps(SelectionKey.OP_ACCEPT);
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof EchoConnection connection
          && key.isValid()
          && now - connection.lastHeard() > config.idleTimeout().toNanos()) {
        tally.idle.incrementAndGet();
        end(key);
      }
    }
  }

  private void end(SelectionKey key) {
    tally.open.decrementAndGet();
    closeQuietly(key.channel());
  }

  private void closeAll() {
    selector.keys().forEach(key -> closeQuietly(key.channel()));
    closeQuietly(server);
    closeQuietly(datagrams);
    closeQuietly(selector);
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (IOException e) {
      // Nothing is left to be done with it.
    }
  }

  /** Closes everything and ends the thread. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
