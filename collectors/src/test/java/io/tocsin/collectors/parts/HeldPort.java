package io.tocsin.collectors.parts;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A TCP port of loopback at which nobody listens, for as long as it is held: bound, so that the
 * system gives it to no other program, and not listening, so that connections are refused. A server
 * of the test may listen at it meanwhile, stop, and listen again; Java's set SO_REUSEADDR, which
 * that needs.
 */
public final class HeldPort implements Closeable {

  private final SocketChannel holder;
  private final int number;

  /** Takes any free one. */
  public HeldPort() throws IOException {
    holder = SocketChannel.open();
    holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    number = ((InetSocketAddress) holder.getLocalAddress()).getPort();
  }

  /** Its number. */
  public int number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    holder.close();
  }
}
