package io.tocsin.streams.rollup;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.sketch.Numbers;
import io.tocsin.streams.sketch.Sketch;
import io.tocsin.streams.window.Flows;
import io.tocsin.streams.window.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Roll-ups as bytes, for stores and between tasks. The first one is the version. */
public final class RollupCodec {

  private static final byte VERSION = 2;

  /** The same without what members have; such parts may wait in a topic while one upgrades. */
  private static final byte WITHOUT_CAPACITY = 1;

  /** A window of 5 min in slots of a second; more is no length, but broken bytes. */
  private static final int MOST_SLOTS = 3_600;

  private RollupCodec() {}

  /** What writes to an array in memory, which never fails. */
  interface Writing {
    void to(Output out) throws IOException;
  }

  /** What reads from an array in memory, which fails where that is cut short. */
  interface Reading<T> {
    Optional<T> from(Input in) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(512);
    try {
      writing.to(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return out.trimmedCopy();
  }

  static <T> Optional<T> value(byte[] bytes, Reading<T> reading) {
    try {
      return reading.from(ByteArrayInput.wrap(bytes));
    } catch (IOException | RuntimeException broken) {
      throw new UncheckedIOException(
          "the bytes of a roll-up are broken or cut short", new IOException(broken));
    }
  }

  /** As bytes. */
  public static byte[] encode(RollupWindow window) {
    return bytes(out -> write(out, window));
  }

  /**
   * From bytes; empty if they are of a version that this program does not know.
   *
   * @throws UncheckedIOException if they end too early, or are none of ours
   */
  public static Optional<RollupWindow> decode(byte[] bytes) {
    return value(bytes, RollupCodec::read);
  }

  static void write(Output out, RollupWindow window) throws IOException {
    out.writeByte(VERSION);
    out.writeByte((byte) window.sketches.length);
    out.writeByte((byte) window.flows.length);
    Numbers.writeLong(out, window.startsAt);
    Numbers.writeCount(out, window.slotMs);
    Numbers.writeCount(out, window.members.length);
    for (int slot = 0; slot < window.members.length; slot++) {
      Numbers.writeCount(out, window.members[slot]);
      Numbers.writeCount(out, window.longest[slot]);
      Numbers.writeCount(out, window.microCores[slot]);
      Numbers.writeCount(out, window.memoryBytes[slot]);
    }
    Numbers.writeLong(out, window.latestAt - window.startsAt);
    Numbers.writeCount(out, window.intervals);
    out.writeByte((byte) window.tier.ordinal());
    for (Sketch sketch : window.sketches) {
      sketch.write(out);
    }
    for (FlowSum flow : window.flows) {
      flow.write(out);
    }
  }

  /**
   * Whether bytes begin as those do that this version of the program writes; reads the beginning.
   */
  static boolean isKnown(Input in) throws IOException {
    return isKnown(in.readByte(), in);
  }

  private static boolean isKnown(byte version, Input in) throws IOException {
    return (version == VERSION || version == WITHOUT_CAPACITY)
        && in.readByte() == Metric.WINDOWED
        && in.readByte() == Flows.Kind.COUNT;
  }

  static Optional<RollupWindow> read(Input in) throws IOException {
    byte version = in.readByte();
    if (!isKnown(version, in)) {
      return Optional.empty();
    }
    long startsAt = Numbers.readLong(in);
    long slotMs = Numbers.readCount(in);
    long slots = Numbers.readCount(in);
    if (slots > MOST_SLOTS) {
      throw new IOException("a window of " + slots + " slots");
    }
    RollupWindow window = RollupWindow.empty(startsAt, slots * slotMs, slotMs);
    for (int slot = 0; slot < slots; slot++) {
      window.members[slot] = (int) Numbers.readCount(in);
      window.longest[slot] = Numbers.readCount(in);
      if (version != WITHOUT_CAPACITY) {
        window.microCores[slot] = Numbers.readCount(in);
        window.memoryBytes[slot] = Numbers.readCount(in);
      }
    }
    window.latestAt = startsAt + Numbers.readLong(in);
    window.intervals = (int) Numbers.readCount(in);
    window.tier = Tier.values()[in.readByte()];
    for (int metric = 0; metric < Metric.WINDOWED; metric++) {
      window.sketches[metric] = Sketch.read(in);
    }
    for (int kind = 0; kind < Flows.Kind.COUNT; kind++) {
      window.flows[kind] = FlowSum.read(in);
    }
    return Optional.of(window);
  }
}
