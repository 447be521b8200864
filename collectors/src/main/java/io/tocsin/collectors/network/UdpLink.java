package io.tocsin.collectors.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Datagrams over UDP, from a socket that takes none from anywhere else. */
final class UdpLink implements DatagramLink {

  private final DatagramChannel channel;
  private final Selector selector;

  private UdpLink(DatagramChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    selector = Selector.open();
    channel.register(selector, SelectionKey.OP_READ);
  }

  static UdpLink open(InetSocketAddress address) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.connect(address);
      return new UdpLink(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void send(ByteBuffer probe) throws IOException {
    channel.write(probe);
  }

  @Override
  public boolean receive(ByteBuffer into, long patienceNanos) throws IOException {
    if (read(into)) {
      return true;
    }
    selector.select(Deadline.millis(patienceNanos));
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
    return read(into);
  }

  private boolean read(ByteBuffer into) throws IOException {
    into.clear();
    // An empty datagram reads as nothing too; it answers no probe.
    int length = channel.read(into);
    into.flip();
    return length > 0;
  }

  @Override
  public void close() {
    try {
      selector.close();
      channel.close();
    } catch (IOException e) {
      // It is given up in any case.
    }
  }
}
