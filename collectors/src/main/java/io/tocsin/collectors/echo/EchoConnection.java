package io.tocsin.collectors.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One connection. While the peer does not take what it is owed, nothing more is read from it, so
 * that it can make the responder hold no more than one buffer.
 */
final class EchoConnection {

  private final SocketChannel channel;
  private final Tally tally;
  private ByteBuffer owed;
  private long lastHeard;

  EchoConnection(SocketChannel channel, Tally tally, long now) {
    this.channel = channel;
    this.tally = tally;
    this.lastHeard = now;
  }

  /** When something came last, by the responder's clock. */
  long lastHeard() {
    return lastHeard;
  }

  /**
   * Sends back what has come, as far as the peer takes it.
   *
   * @param shared a buffer for all connections
   * @return whether the connection goes on
   */
  boolean serve(SelectionKey key, ByteBuffer shared, long now) throws IOException {
    if (owed != null) {
      tally.bytes.addAndGet(channel.write(owed));
      if (owed.hasRemaining()) {
        return true;
      }
      owed = null;
      key.interestOps(SelectionKey.OP_READ);
    }
    shared.clear();
    int length = channel.read(shared);
    if (length < 0) {
      return false;
    }
    lastHeard = now;
    shared.flip();
    tally.bytes.addAndGet(channel.write(shared));
    if (shared.hasRemaining()) {
      owed = ByteBuffer.allocate(shared.remaining()).put(shared).flip();
      key.interestOps(SelectionKey.OP_WRITE);
    }
    return true;
  }
}
