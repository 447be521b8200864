package io.tocsin.streams.latency;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import io.tocsin.schemas.LatencySource;
import io.tocsin.streams.latency.ServiceFrame.Key;
import io.tocsin.streams.latency.ServiceFrame.Ten;
import io.tocsin.streams.latency.ServiceFrame.Told;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** {@link ServiceFrame} as bytes; the first is the version. */
public final class FrameCodec {

  static final byte VERSION = 1;

  private FrameCodec() {}

  /** Bytes of a frame. */
  public static byte[] encode(ServiceFrame frame) {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(4096);
    try {
      out.writeByte(VERSION);
      Numbers.writeText(out, frame.service);
      Numbers.writeText(out, frame.source.name());
      Numbers.writeCount(out, frame.revision);
      Numbers.writeLong(out, frame.finalAt);
      Numbers.writeCount(out, frame.tens.size());
      for (Ten ten : frame.tens.values()) {
        ten.part.write(out);
        Numbers.writeCount(out, ten.revision);
        Numbers.writeLong(out, ten.partAt);
      }
      Numbers.writeCount(out, frame.told.size());
      for (var told : frame.told.entrySet()) {
        Numbers.writeCount(out, told.getKey().sizeMs());
        Numbers.writeLong(out, told.getKey().startsAt());
        Numbers.writeCount(out, told.getValue().revision());
        Numbers.writeCount(out, told.getValue().isFinal() ? 1 : 0);
        Numbers.writeLong(out, told.getValue().at());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return out.trimmedCopy();
  }

  /**
   * The frame of some bytes; empty if they are of another version.
   *
   * @throws UncheckedIOException if they end too early
   */
  public static Optional<ServiceFrame> decode(byte[] bytes) {
    Input in = ByteArrayInput.wrap(bytes);
    try {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      String service = Numbers.readText(in);
      ServiceFrame frame = new ServiceFrame(service, LatencySource.valueOf(Numbers.readText(in)));
      frame.revision = Numbers.readCount(in);
      frame.finalAt = Numbers.readLong(in);
      for (long left = Numbers.readCount(in); left > 0; left--) {
        Ten ten = new Ten(ServicePart.read(in));
        ten.revision = Numbers.readCount(in);
        ten.partAt = Numbers.readLong(in);
        frame.tens.put(ten.part.startsAt, ten);
      }
      for (long left = Numbers.readCount(in); left > 0; left--) {
        Key key = new Key(Numbers.readCount(in), Numbers.readLong(in));
        long revision = Numbers.readCount(in);
        boolean isFinal = Numbers.readCount(in) == 1;
        frame.told.put(key, new Told(revision, isFinal, Numbers.readLong(in)));
      }
      return Optional.of(frame);
    } catch (IOException cut) {
      throw new UncheckedIOException("the stored roll-up of a service is cut short", cut);
    }
  }
}
