package io.tocsin.streams.rollup;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;
import java.util.Optional;

/**
 * A roll-up as it is stored.
 *
 * @param window what it is made of so far
 * @param lastPartAt wall time at which its last part came, in ms
 * @param stage how far it has come
 */
public record Kept(RollupWindow window, long lastPartAt, Stage stage) {

  private static final byte VERSION = 1;

  /** How far a window has come. The order is part of the stored state. */
  public enum Stage {
    /** Not final yet. */
    OPEN,
    /** Final, as told. */
    TOLD,
    /** Was told as final, and parts came since: the correction is still to be told. */
    CORRECTED
  }

  /** With another part, which came at this wall time. */
  public Kept with(RollupWindow part, long wallMs) {
    window.merge(part);
    return new Kept(
        window, Math.max(lastPartAt, wallMs), stage == Stage.OPEN ? Stage.OPEN : Stage.CORRECTED);
  }

  /** Told as final. */
  public Kept told() {
    return new Kept(window, lastPartAt, Stage.TOLD);
  }

  /** As bytes. The first one is the version. */
  public byte[] encode() {
    return RollupCodec.bytes(this::write);
  }

  private void write(Output out) throws IOException {
    out.writeByte(VERSION);
    Numbers.writeLong(out, lastPartAt);
    out.writeByte((byte) stage.ordinal());
    RollupCodec.write(out, window);
  }

  /** From bytes; empty if they are of a version that this program does not know. */
  public static Optional<Kept> decode(byte[] bytes) {
    return RollupCodec.value(bytes, Kept::read);
  }

  private static Optional<Kept> read(Input in) throws IOException {
    if (in.readByte() != VERSION) {
      return Optional.empty();
    }
    long lastPartAt = Numbers.readLong(in);
    Stage stage = Stage.values()[in.readByte()];
    return RollupCodec.read(in).map(window -> new Kept(window, lastPartAt, stage));
  }
}
