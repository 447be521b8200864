package io.tocsin.collectors.network;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * ICMP echo (RFC 792, RFC 4443) over a Linux ICMP socket, for which the kernel looks after
 * identifier and checksum; where only root may, over a raw socket, for which we do. Java itself has
 * neither: its isReachable knocks at a TCP port where ICMP is not permitted, which says something
 * else. Loaded only when a path asks for it.
 */
final class IcmpLink implements DatagramLink {

  /** The C library, as far as it is needed. */
  private static final class C {
    static {
      Native.register("c");
    }

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int connect(int socket, Pointer address, int length) throws LastErrorException;

    static native long send(int socket, Pointer from, long length, int flags)
        throws LastErrorException;

    static native long recv(int socket, Pointer into, long length, int flags)
        throws LastErrorException;

    static native int poll(Pointer descriptors, long count, int millis) throws LastErrorException;

    static native int close(int socket) throws LastErrorException;
  }

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int IPPROTO_ICMP = 1;
  private static final int IPPROTO_ICMPV6 = 58;
  private static final int MSG_DONTWAIT = 0x40;
  private static final short POLLIN = 1;
  private static final int EPERM = 1;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int EACCES = 13;
  private static final int EHOSTUNREACH = 113;

  private static final int HEADER = 8;
  private static final int LONGEST_IP_HEADER = 60;

  private final int socket;
  private final boolean six;
  private final boolean raw;
  private final short identifier = (short) ThreadLocalRandom.current().nextInt();
  private final Memory memory;
  private final ByteBuffer buffer;
  private final Memory pollDescriptor = new Memory(8);
  private short sequence;
  private boolean closed;

  private IcmpLink(int socket, boolean six, boolean raw, int size) {
    this.socket = socket;
    this.six = six;
    this.raw = raw;
    this.memory = new Memory(LONGEST_IP_HEADER + HEADER + size);
    this.buffer = memory.getByteBuffer(0, memory.size());
  }

  static IcmpLink open(InetAddress address, int size) throws IOException {
    boolean six = address instanceof Inet6Address;
    boolean raw = false;
    int socket;
    try {
      socket = socket(six, SOCK_DGRAM);
    } catch (LastErrorException e) {
      raw = true;
      try {
        socket = socket(six, SOCK_RAW);
      } catch (LastErrorException again) {
        throw again.getErrorCode() == EPERM || again.getErrorCode() == EACCES
            ? new NotPermittedException(
                "ICMP is not permitted here: put our group into the sysctl"
                    + " net.ipv4.ping_group_range, or give us CAP_NET_RAW")
            : new IOException(again.getMessage(), again);
      }
    } catch (UnsatisfiedLinkError e) {
      throw new NotPermittedException("ICMP cannot be sent from here: " + e.getMessage());
    }
    IcmpLink link = new IcmpLink(socket, six, raw, size);
    try {
      link.connect(address);
      return link;
    } catch (LastErrorException e) {
      link.close();
      throw failure(e);
    }
  }

  private static int socket(boolean six, int type) {
    return C.socket(
        six ? AF_INET6 : AF_INET, type | SOCK_CLOEXEC, six ? IPPROTO_ICMPV6 : IPPROTO_ICMP);
  }

  private void connect(InetAddress address) {
    byte[] bytes = address.getAddress();
    // sockaddr_in: family, port, address, padding. sockaddr_in6: family, port, flow, address, scope
    int length = six ? 28 : 16;
    try (Memory sockaddr = new Memory(length)) {
      sockaddr.clear();
      sockaddr.setShort(0, (short) (six ? AF_INET6 : AF_INET));
      sockaddr.write(six ? 8 : 4, bytes, 0, bytes.length);
      if (address instanceof Inet6Address scoped) {
        sockaddr.setInt(24, scoped.getScopeId());
      }
      C.connect(socket, sockaddr, length);
    }
  }

  @Override
  public synchronized void send(ByteBuffer probe) throws IOException {
    requireOpen();
    int length = HEADER + probe.remaining();
    buffer.clear().order(ByteOrder.BIG_ENDIAN);
    buffer.put((byte) (six ? 128 : 8)).put((byte) 0).putShort((short) 0);
    buffer.putShort(identifier).putShort(sequence++).put(probe);
    if (raw && !six) {
      buffer.putShort(2, checksum(buffer, length));
    }
    try {
      C.send(socket, memory, length, MSG_DONTWAIT);
    } catch (LastErrorException e) {
      throw failure(e);
    }
  }

  @Override
  public synchronized boolean receive(ByteBuffer into, long patienceNanos) throws IOException {
    requireOpen();
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
    pollDescriptor.setInt(0, socket);
    pollDescriptor.setShort(4, POLLIN);
    pollDescriptor.setShort(6, (short) 0);
    try {
      if (C.poll(pollDescriptor, 1, Deadline.millis(patienceNanos)) <= 0) {
        return false;
      }
      int length = (int) C.recv(socket, memory, memory.size(), MSG_DONTWAIT);
      return unwrap(length, into);
    } catch (LastErrorException e) {
      if (e.getErrorCode() == EINTR || e.getErrorCode() == EAGAIN) {
        return false;
      }
      throw failure(e);
    }
  }

  /** Takes the payload out of an echo reply; a raw socket also gets what is none, or another's. */
  private boolean unwrap(int length, ByteBuffer into) {
    buffer.clear().limit(Math.max(0, length)).order(ByteOrder.BIG_ENDIAN);
    int start = raw && !six && length > 0 ? (buffer.get(0) & 0x0f) * 4 : 0;
    if (length < start + HEADER
        || buffer.get(start) != (byte) (six ? 129 : 0)
        || raw && buffer.getShort(start + 4) != identifier) {
      return false;
    }
    buffer.position(start + HEADER);
    into.clear();
    buffer.limit(Math.min(buffer.limit(), buffer.position() + into.capacity()));
    into.put(buffer).flip();
    return true;
  }

  /** Of RFC 1071, over the first bytes of a buffer whose checksum field is zero. */
  static short checksum(ByteBuffer buffer, int length) {
    int sum = 0;
    for (int i = 0; i + 1 < length; i += 2) {
      sum += buffer.getShort(i) & 0xffff;
    }
    if (length % 2 == 1) {
      sum += (buffer.get(length - 1) & 0xff) << 8;
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (short) ~sum;
  }

  private static IOException failure(LastErrorException e) {
    return e.getErrorCode() == EHOSTUNREACH
        ? new NoRouteToHostException("No route to host")
        : new IOException(e.getMessage(), e);
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("socket closed");
    }
  }

  /** Waits for a send or receive on another thread, which may still write to our memory. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      C.close(socket);
      memory.close();
      pollDescriptor.close();
    }
  }
}
