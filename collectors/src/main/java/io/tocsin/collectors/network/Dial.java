package io.tocsin.collectors.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;

/**
 * Opens a TCP connection as every prober does: without Nagle's delay, with buffers of 64 KiB, and
 * with keep-alive probes after 30 s of silence where the system lets us say so.
 */
final class Dial {

  static final int BUFFER = 64 * 1024;

  private static final int KEEP_ALIVE_SECONDS = 30;

  private Dial() {}

  /** Connects; an error leaves the socket to be closed by whoever made it. */
  static void connect(Socket socket, InetSocketAddress address, Deadline deadline)
      throws IOException {
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
    socket.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    setWhereKnown(socket, ExtendedSocketOptions.TCP_KEEPIDLE);
    setWhereKnown(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL);
    socket.connect(address, deadline.leftMillis());
    // On loopback a socket may meet itself when nobody listens and the kernel happens to give it
    // the very port that it calls (RFC 9293, simultaneous open).
    if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
      throw new ConnectException("Connection refused");
    }
  }

  private static void setWhereKnown(Socket socket, SocketOption<Integer> option)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, KEEP_ALIVE_SECONDS);
    }
  }
}
