package io.tocsin.streams.topology;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Refusals of one agent for one reason that are not on the topic yet.
 *
 * @param count how many
 * @param lastResourceId resource of the last one
 * @param lastAt where the last one stands
 * @param from wall time of the first one, in ms
 */
record Tally(long count, String lastResourceId, String lastAt, long from) {

  private static final byte VERSION = 1;

  Tally with(Refused refused, String at) {
    return new Tally(count + refused.count(), refused.resourceId(), at, from);
  }

  /** As bytes. The first one is the version. */
  byte[] encode() {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(64);
    try {
      out.writeByte(VERSION);
      Numbers.writeCount(out, count);
      Numbers.writeText(out, lastResourceId);
      Numbers.writeText(out, lastAt);
      Numbers.writeLong(out, from);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return out.trimmedCopy();
  }

  /** From bytes; empty if they are of a version that this program does not know. */
  static Optional<Tally> decode(byte[] bytes) {
    Input in = ByteArrayInput.wrap(bytes);
    try {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      long count = Numbers.readCount(in);
      String lastResourceId = Numbers.readText(in);
      String lastAt = Numbers.readText(in);
      return Optional.of(new Tally(count, lastResourceId, lastAt, Numbers.readLong(in)));
    } catch (IOException cut) {
      throw new UncheckedIOException("the stored count of refusals is cut short", cut);
    }
  }
}
