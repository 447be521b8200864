package io.tocsin.streams.rollup;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A roll-up as it is stored: a head of its own before the window. At a start all heads are read but
 * no window is, and the window of one that is told as final is not written anew. Not thread-safe.
 */
public final class Kept {

  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 2 + Long.BYTES;

  /** How far a window has come. The order is part of the stored state. */
  public enum Stage {
    /** Not final yet. */
    OPEN,
    /** Final, as told. */
    TOLD,
    /** Was told as final, and parts came since: the correction is still to be told. */
    CORRECTED
  }

  private final Stage stage;
  private final long lastPartAt;

  /** The window as bytes; null when it has changed since. */
  private final byte[] stored;

  /** Null while nobody has asked for it. */
  private RollupWindow window;

  private Kept(Stage stage, long lastPartAt, byte[] stored, RollupWindow window) {
    this.stage = stage;
    this.lastPartAt = lastPartAt;
    this.stored = stored;
    this.window = window;
  }

  /** A window that nobody was told of yet. */
  public static Kept open(RollupWindow window) {
    return new Kept(Stage.OPEN, Long.MIN_VALUE, null, window);
  }

  /** How far it has come. */
  public Stage stage() {
    return stage;
  }

  /** Wall time at which its last part came, in ms. */
  public long lastPartAt() {
    return lastPartAt;
  }

  /**
   * What it is made of so far.
   *
   * @throws UncheckedIOException if its bytes are broken
   */
  public RollupWindow window() {
    if (window == null) {
      window =
          RollupCodec.decode(stored)
              .orElseThrow(() -> new IllegalStateException("was looked at when it was decoded"));
    }
    return window;
  }

  /** With another part, which came at this wall time; the window is changed in place. */
  public Kept with(RollupWindow part, long wallMs) {
    window().merge(part);
    return new Kept(
        stage == Stage.OPEN ? Stage.OPEN : Stage.CORRECTED,
        Math.max(lastPartAt, wallMs),
        null,
        window);
  }

  /** Told as final. */
  public Kept told() {
    return new Kept(Stage.TOLD, lastPartAt, stored, window);
  }

  /** As bytes. The first one is the version. */
  public byte[] encode() {
    byte[] body = stored == null ? RollupCodec.encode(window) : stored;
    return ByteBuffer.allocate(HEAD_BYTES + body.length)
        .put(VERSION)
        .put((byte) stage.ordinal())
        .putLong(lastPartAt)
        .put(body)
        .array();
  }

  /**
   * From bytes; empty if they are of a version that this program does not know.
   *
   * @throws UncheckedIOException if they end too early; what is wrong with the window itself is
   *     told when it is asked for
   */
  public static Optional<Kept> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (in.get() != VERSION) {
        return Optional.empty();
      }
      Stage stage = Stage.values()[in.get()];
      long lastPartAt = in.getLong();
      byte[] body = new byte[in.remaining()];
      in.get(body);
      return RollupCodec.isKnown(ByteArrayInput.wrap(body))
          ? Optional.of(new Kept(stage, lastPartAt, body, null))
          : Optional.empty();
    } catch (BufferUnderflowException | IOException cut) {
      throw new UncheckedIOException("a stored roll-up is cut short", new IOException(cut));
    }
  }
}
