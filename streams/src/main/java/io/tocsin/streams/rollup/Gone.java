package io.tocsin.streams.rollup;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;
import java.util.Optional;

/**
 * Up to where the windows of a group are gone. A part of one of those would otherwise look like the
 * first of a new window, and that window's figures would replace those of all members.
 *
 * @param until event time at which the newest of them ended, in ms
 * @param at wall time at which it went, in ms
 */
public record Gone(long until, long at) {

  private static final byte VERSION = 1;

  /** As bytes. The first one is the version. */
  public byte[] encode() {
    return RollupCodec.bytes(this::write);
  }

  private void write(Output out) throws IOException {
    out.writeByte(VERSION);
    Numbers.writeLong(out, until);
    Numbers.writeLong(out, at);
  }

  /** From bytes; empty if they are of a version that this program does not know. */
  public static Optional<Gone> decode(byte[] bytes) {
    return RollupCodec.value(bytes, Gone::read);
  }

  private static Optional<Gone> read(Input in) throws IOException {
    return in.readByte() == VERSION
        ? Optional.of(new Gone(Numbers.readLong(in), Numbers.readLong(in)))
        : Optional.empty();
  }
}
