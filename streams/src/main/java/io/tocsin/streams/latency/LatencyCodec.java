package io.tocsin.streams.latency;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import io.tocsin.schemas.LatencySource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.sketch.Numbers;
import io.tocsin.streams.window.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * {@link LatencyState} as bytes. The first byte is the version; bytes of a version that this
 * program does not know are no state, and the resource starts anew.
 */
public final class LatencyCodec {

  static final byte VERSION = 1;

  private LatencyCodec() {}

  /** Bytes of a state. */
  public static byte[] encode(LatencyState state) {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(512);
    try {
      out.writeByte(VERSION);
      Numbers.writeText(out, state.subject.resourceId());
      Numbers.writeText(out, state.subject.kind().name());
      Numbers.writeText(out, state.subject.service());
      Numbers.writeText(out, state.subject.tier().name());
      Numbers.writeCount(out, state.series);
      Numbers.writeLong(out, state.settledUntil);
      Numbers.writeLong(out, state.newestAt);
      Numbers.writeLong(out, state.arrivedAt);
      Numbers.writeCount(out, state.open.size());
      for (OpenWindow window : state.open) {
        Numbers.writeText(out, window.source().name());
        Numbers.writeLong(out, window.startsAt());
        Numbers.writeCount(out, window.sizeMs());
        window.tally().write(out);
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
  public static Optional<LatencyState> decode(byte[] bytes) {
    Input in = ByteArrayInput.wrap(bytes);
    try {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      LatencyState state = new LatencyState();
      String id = Numbers.readText(in);
      ResourceKind kind = ResourceKind.valueOf(Numbers.readText(in));
      String service = Numbers.readText(in);
      state.subject = new Subject(id, kind, service, Tier.valueOf(Numbers.readText(in)));
      state.series = (int) Numbers.readCount(in);
      state.settledUntil = Numbers.readLong(in);
      state.newestAt = Numbers.readLong(in);
      state.arrivedAt = Numbers.readLong(in);
      for (long left = Numbers.readCount(in); left > 0; left--) {
        LatencySource source = LatencySource.valueOf(Numbers.readText(in));
        long startsAt = Numbers.readLong(in);
        long sizeMs = Numbers.readCount(in);
        state.open.add(new OpenWindow(source, startsAt, sizeMs, Tally.read(in)));
      }
      return Optional.of(state);
    } catch (IOException cut) {
      throw new UncheckedIOException("the stored latency of a resource is cut short", cut);
    }
  }
}
