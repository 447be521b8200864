package io.tocsin.collectors.echo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Answers datagrams: never more than one for one, never longer than the question. */
final class DatagramEcho {

  /** Datagrams served before connections get their turn. */
  private static final int AT_A_TIME = 64;

  private final DatagramChannel channel;
  private final int longest;
  private final SourceLimit limit;
  private final Tally tally;
  private final ByteBuffer buffer;

  DatagramEcho(DatagramChannel channel, int longest, SourceLimit limit, Tally tally) {
    this.channel = channel;
    this.longest = longest;
    this.limit = limit;
    this.tally = tally;
    // One more than is taken: what does not fit is cut off without a word.
    this.buffer = ByteBuffer.allocateDirect(longest + 1);
  }

  void serve() {
    for (int i = 0; i < AT_A_TIME; i++) {
      try {
        buffer.clear();
        InetSocketAddress source = (InetSocketAddress) channel.receive(buffer);
        if (source == null) {
          return;
        }
        buffer.flip();
        if (buffer.remaining() > longest) {
          tally.tooLong.incrementAndGet();
        } else if (!EchoMark.isQuestion(buffer)) {
          tally.foreign.incrementAndGet();
        } else if (!limit.allows(source.getAddress())) {
          tally.tooMany.incrementAndGet();
        } else {
          EchoMark.answer(buffer);
          boolean sent = channel.send(buffer, source) > 0;
          (sent ? tally.datagrams : tally.unsent).incrementAndGet();
        }
      } catch (IOException e) {
        // Such as a source that cannot be reached from here: the next one may be.
        tally.unsent.incrementAndGet();
      }
    }
  }
}
