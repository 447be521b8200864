package io.tocsin.streams.window;

import static com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper.decodeSignedVarLong;
import static com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper.decodeUnsignedVarLong;
import static com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper.encodeSignedVarLong;
import static com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper.encodeUnsignedVarLong;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.sketch.Sketch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * {@link ResourceState} as bytes, which the store and its changelog take with every sample.
 *
 * <p>Hand-made, because it is the hottest thing the stage does: variable-length numbers, and of a
 * reading only what differs from the one before it. The first byte is the version; bytes of a
 * version that this program does not know are no state, and the resource starts anew.
 */
public final class StateCodec {

  static final byte VERSION = 2;

  private StateCodec() {}

  /** Bytes of a state. */
  public static byte[] encode(ResourceState state) {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(1024);
    try {
      out.writeByte(VERSION);
      writeSubject(out, state.subject);
      encodeSignedVarLong(out, state.settledUntil);
      encodeSignedVarLong(out, state.newestAt);
      encodeSignedVarLong(out, state.arrivedAt);
      out.writeByte((byte) (state.settled == null ? 0 : 1));
      Reading before = null;
      if (state.settled != null) {
        ReadingCodec.write(out, state.settled, null);
        before = state.settled;
      }
      encodeUnsignedVarLong(out, state.pending.size());
      for (Reading reading : state.pending) {
        ReadingCodec.write(out, reading, before);
        before = reading;
      }
      encodeUnsignedVarLong(out, state.open.size());
      for (OpenWindow window : state.open) {
        writeWindow(out, window);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return out.trimmedCopy();
  }

  /**
   * The state of some bytes; empty if they are of another version.
   *
   * @throws UncheckedIOException if they end too early
   */
  public static Optional<ResourceState> decode(byte[] bytes) {
    Input in = ByteArrayInput.wrap(bytes);
    try {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      ResourceState state = new ResourceState();
      state.subject = readSubject(in);
      state.settledUntil = decodeSignedVarLong(in);
      state.newestAt = decodeSignedVarLong(in);
      state.arrivedAt = decodeSignedVarLong(in);
      Reading before = null;
      if (in.readByte() == 1) {
        state.settled = ReadingCodec.read(in, null);
        before = state.settled;
      }
      for (long left = decodeUnsignedVarLong(in); left > 0; left--) {
        before = ReadingCodec.read(in, before);
        state.pending.add(before);
      }
      for (long left = decodeUnsignedVarLong(in); left > 0; left--) {
        state.open.add(readWindow(in));
      }
      return Optional.of(state);
    } catch (IOException cut) {
      throw new UncheckedIOException("the stored state of a resource is cut short", cut);
    }
  }

  private static void writeSubject(Output out, Subject subject) throws IOException {
    ReadingCodec.writeText(out, subject.resourceId());
    ReadingCodec.writeText(out, subject.kind().name());
    ReadingCodec.writeText(out, subject.tier().name());
    out.writeByte((byte) (subject.service() == null ? 0 : 1));
    if (subject.service() != null) {
      ReadingCodec.writeText(out, subject.service());
    }
  }

  private static Subject readSubject(Input in) throws IOException {
    String id = ReadingCodec.readText(in);
    ResourceKind kind = ResourceKind.valueOf(ReadingCodec.readText(in));
    Tier tier = Tier.valueOf(ReadingCodec.readText(in));
    String service = in.readByte() == 1 ? ReadingCodec.readText(in) : null;
    return new Subject(id, kind, service, tier);
  }

  private static void writeWindow(Output out, OpenWindow window) throws IOException {
    encodeSignedVarLong(out, window.startsAt);
    encodeUnsignedVarLong(out, window.sizeMs);
    encodeUnsignedVarLong(out, window.intervals);
    encodeUnsignedVarLong(out, window.latestAt - window.startsAt);
    encodeSignedVarLong(out, window.updatedInSecond);
    for (Sketch sketch : window.sketches) {
      sketch.write(out);
    }
  }

  private static OpenWindow readWindow(Input in) throws IOException {
    OpenWindow window = new OpenWindow(decodeSignedVarLong(in), decodeUnsignedVarLong(in));
    window.intervals = (int) decodeUnsignedVarLong(in);
    window.latestAt = window.startsAt + decodeUnsignedVarLong(in);
    window.updatedInSecond = decodeSignedVarLong(in);
    for (int metric = 0; metric < window.sketches.length; metric++) {
      window.sketches[metric] = Sketch.read(in);
    }
    return window;
  }
}
