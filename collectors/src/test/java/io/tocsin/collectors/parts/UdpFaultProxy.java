package io.tocsin.collectors.parts;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link FaultProxy} for datagrams. Requests are dropped; answers are swapped and doubled. */
public final class UdpFaultProxy extends FaultProxy {

  private static final int LARGEST = 65_535;

  private final DatagramSocket front;
  private final DelayLine delayLine = new DelayLine(this);
  private final Map<SocketAddress, DatagramSocket> upstreams = new ConcurrentHashMap<>();
  private final Thread receiver;
  private final Every drop = new Every();
  private final Every swap = new Every();
  private final Every twice = new Every();

  UdpFaultProxy(InetSocketAddress target) throws IOException {
    super(target);
    front = new DatagramSocket(loopback(0));
    receiver = daemon(this::requests);
  }

  /** True at every n-th call. */
  private static final class Every {
    private int every;
    private long seen;

    synchronized void set(int every) {
      this.every = every;
      this.seen = 0;
    }

    synchronized boolean hits() {
      return every > 0 && ++seen % every == 0;
    }
  }

  @Override
  public int port() {
    return front.getLocalPort();
  }

  /** Every n-th request goes nowhere; 0 for none, 1 for all. */
  public UdpFaultProxy dropEvery(int n) {
    drop.set(n);
    return this;
  }

  /** Every n-th answer waits until the one after it has gone out; 0 for none. */
  public UdpFaultProxy swapEvery(int n) {
    swap.set(n);
    return this;
  }

  /** Every n-th answer goes out twice; 0 for none. */
  public UdpFaultProxy doubleEvery(int n) {
    twice.set(n);
    return this;
  }

  private void requests() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (!front.isClosed()) {
      packet.setLength(LARGEST);
      front.receive(packet);
      if (silent || drop.hits()) {
        lost.incrementAndGet();
        continue;
      }
      DatagramSocket upstream = upstream(packet.getSocketAddress());
      try {
        upstream.send(new DatagramPacket(packet.getData(), packet.getLength()));
        passed.incrementAndGet();
      } catch (PortUnreachableException nobodyThere) {
        lost.incrementAndGet();
      }
    }
  }

  private DatagramSocket upstream(SocketAddress client) throws IOException {
    DatagramSocket known = upstreams.get(client);
    if (known == null) {
      DatagramSocket made = new DatagramSocket(loopback(0));
      made.connect(target);
      upstreams.put(client, made);
      daemon(() -> answers(made, client));
      return made;
    }
    return known;
  }

  private void answers(DatagramSocket upstream, SocketAddress client) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    byte[] held = null;
    while (!upstream.isClosed()) {
      packet.setLength(LARGEST);
      try {
        upstream.receive(packet);
      } catch (PortUnreachableException nobodyThere) {
        continue;
      }
      if (silent) {
        lost.incrementAndGet();
        continue;
      }
      byte[] answer = Arrays.copyOf(packet.getData(), packet.getLength());
      if (held == null && swap.hits()) {
        held = answer;
        continue;
      }
      answer(answer, client);
      if (held != null) {
        answer(held, client);
        held = null;
      }
    }
  }

  private void answer(byte[] answer, SocketAddress client) {
    int times = twice.hits() ? 2 : 1;
    for (int i = 0; i < times; i++) {
      delayLine.send(
          answer.length,
          Long.MIN_VALUE,
          () -> front.send(new DatagramPacket(answer, answer.length, client)));
      passed.incrementAndGet();
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static Thread daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // The test is over.
              }
            },
            "udp-fault-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() {
    front.close();
    try {
      // Until it wakes up, the kernel still takes datagrams on its behalf, and the port is not
      // free.
      receiver.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    upstreams.values().forEach(DatagramSocket::close);
    delayLine.close();
  }
}
