package io.tocsin.streams.window;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * {@link ResourceState} as bytes: the snapshot of its {@link Journal}. The first byte is the
 * version; bytes of a version that this program does not know are no state, and the resource starts
 * anew.
 */
public final class StateCodec {

  static final byte VERSION = 2;

  private static final byte SAME_SHAPE = 0;
  private static final byte NEW_SHAPE = 1;

  private StateCodec() {}

  /** Bytes of a state. */
  public static byte[] encode(ResourceState state) {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(1024);
    try {
      out.writeByte(VERSION);
      Numbers.writeCount(out, state.journal.generation);
      writeSubject(out, state.subject);
      Numbers.writeLong(out, state.settledUntil);
      Numbers.writeLong(out, state.newestAt);
      Numbers.writeLong(out, state.arrivedAt);
      Numbers.writeCount(out, state.settled == null ? 0 : 1);
      Reading before = null;
      if (state.settled != null) {
        writeReading(out, state.settled, null);
        before = state.settled;
      }
      Numbers.writeCount(out, state.waiting.size());
      for (Waiting waiting : state.waiting) {
        writeReading(out, waiting.reading, before);
        before = waiting.reading;
      }
      Numbers.writeCount(out, state.open.bases.size());
      for (BaseWindow base : state.open.bases) {
        IntervalCodec.writeBase(out, base);
      }
      Numbers.writeCount(out, state.open.larges.size());
      for (LargeWindow.Stored large : state.open.larges) {
        Numbers.writeLong(out, large.startsAt());
        Numbers.writeCount(out, large.sizeMs());
        writeBytes(out, large.bytes());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return out.trimmedCopy();
  }

  /**
   * The state of a snapshot; empty if that is of another version.
   *
   * @throws UncheckedIOException if it ends too early
   */
  public static Optional<ResourceState> decode(byte[] bytes, WindowSettings settings) {
    Input in = ByteArrayInput.wrap(bytes);
    try {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      ResourceState state = new ResourceState();
      state.journal.startsAt(Numbers.readCount(in));
      state.subject = readSubject(in);
      state.settledUntil = Numbers.readLong(in);
      state.newestAt = Numbers.readLong(in);
      state.arrivedAt = Numbers.readLong(in);
      if (Numbers.readCount(in) == 1) {
        Reading settled = readReading(in, null);
        state.countSequence(settled);
        state.settled = settled;
      }
      readWaiting(in, state, settings);
      for (long left = Numbers.readCount(in); left > 0; left--) {
        state.open.bases.add(IntervalCodec.readBase(in));
      }
      for (long left = Numbers.readCount(in); left > 0; left--) {
        long startsAt = Numbers.readLong(in);
        long sizeMs = Numbers.readCount(in);
        state.open.larges.add(new LargeWindow.Stored(startsAt, sizeMs, readBytes(in)));
      }
      return Optional.of(state);
    } catch (IOException cut) {
      throw new UncheckedIOException("the stored state of a resource is cut short", cut);
    }
  }

  /**
   * Adds a row that was stored after the snapshot that a state was decoded from; rows have to come
   * in the order of their numbers.
   *
   * @return whether the row belongs to that snapshot; the first that does not ends them
   */
  public static boolean replay(byte[] row, ResourceState state, WindowSettings settings) {
    return RowCodec.replay(row, state, settings);
  }

  private static void readWaiting(Input in, ResourceState state, WindowSettings settings)
      throws IOException {
    Reading before = state.settled;
    for (long left = Numbers.readCount(in); left > 0; left--) {
      Waiting waiting = new Waiting(readReading(in, before));
      waiting.rating =
          Rates.between(before, waiting.reading, settings.longestInterval().toMillis());
      state.countSequence(waiting.reading);
      state.waiting.add(waiting);
      before = waiting.reading;
    }
  }

  private static void writeReading(Output out, Reading reading, Reading before) throws IOException {
    boolean same = before != null && reading.shape() == before.shape();
    out.writeByte(same ? SAME_SHAPE : NEW_SHAPE);
    if (!same) {
      ShapeCodec.write(out, reading.shape());
    }
    RowCodec.write(out, reading, same ? before : ShapeCodec.zero(reading.shape()));
  }

  private static Reading readReading(Input in, Reading before) throws IOException {
    return in.readByte() == SAME_SHAPE
        ? RowCodec.read(in, before)
        : RowCodec.read(in, ShapeCodec.zero(ShapeCodec.read(in)));
  }

  private static void writeSubject(Output out, Subject subject) throws IOException {
    Numbers.writeText(out, subject.resourceId());
    Numbers.writeText(out, subject.kind().name());
    Numbers.writeText(out, subject.tier().name());
    Numbers.writeText(out, subject.service());
  }

  private static Subject readSubject(Input in) throws IOException {
    String id = Numbers.readText(in);
    ResourceKind kind = ResourceKind.valueOf(Numbers.readText(in));
    Tier tier = Tier.valueOf(Numbers.readText(in));
    return new Subject(id, kind, Numbers.readText(in), tier);
  }

  private static void writeBytes(Output out, byte[] bytes) throws IOException {
    Numbers.writeCount(out, bytes.length);
    for (byte one : bytes) {
      out.writeByte(one);
    }
  }

  private static byte[] readBytes(Input in) throws IOException {
    byte[] bytes = new byte[(int) Numbers.readCount(in)];
    for (int place = 0; place < bytes.length; place++) {
      bytes[place] = in.readByte();
    }
    return bytes;
  }
}
