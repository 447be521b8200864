package io.tocsin.collectors.parts;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server on loopback and does to the traffic what a bad network does,
 * over TCP or UDP. Every fault may be changed while traffic flows. Delay, jitter and rate are
 * applied to answers only, so that a round trip is longer by the delay once.
 *
 * <p>Faults that hit every n-th datagram count from 1 from the moment they are set, so that a test
 * knows exactly which ones are hit.
 */
public abstract sealed class FaultProxy implements Closeable permits TcpFaultProxy, UdpFaultProxy {

  final InetSocketAddress target;
  volatile Duration delay = Duration.ZERO;
  volatile Duration jitter = Duration.ZERO;
  volatile long bytesPerSecond;
  volatile boolean silent;

  /** Bytes (TCP) or datagrams (UDP) handed on, both ways. */
  final AtomicLong passed = new AtomicLong();

  /** Bytes or datagrams that went nowhere. */
  final AtomicLong lost = new AtomicLong();

  FaultProxy(InetSocketAddress target) {
    this.target = target;
  }

  /** In front of a TCP server on loopback. */
  public static TcpFaultProxy tcp(int port) throws IOException {
    return new TcpFaultProxy(loopback(port));
  }

  /** In front of a UDP server on loopback. */
  public static UdpFaultProxy udp(int port) throws IOException {
    return new UdpFaultProxy(loopback(port));
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Where clients connect to, on 127.0.0.1. */
  public abstract int port();

  /** Every answer comes this much later. */
  public final FaultProxy delay(Duration delay) {
    this.delay = delay;
    return this;
  }

  /** On top of the delay, anything from nothing to this; a stream stays in order. */
  public final FaultProxy jitter(Duration jitter) {
    this.jitter = jitter;
    return this;
  }

  /** Answers trickle at this rate; 0 for no limit. */
  public final FaultProxy rate(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
    return this;
  }

  /**
   * Whether nothing comes through any more while connections stay open and new ones are accepted,
   * as on a half-open connection. What comes meanwhile is lost, also afterwards.
   */
  public final FaultProxy silent(boolean silent) {
    this.silent = silent;
    return this;
  }

  /** Bytes (TCP) or datagrams (UDP) handed on so far, both ways. */
  public final long passed() {
    return passed.get();
  }

  /** Bytes (TCP) or datagrams (UDP) that went nowhere so far. */
  public final long lost() {
    return lost.get();
  }

  @Override
  public abstract void close();
}
