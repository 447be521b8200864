package io.tocsin.streams.latency;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.streams.latency.Reading.Kind;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;
import java.util.Arrays;

/** {@link Reading} as bytes: what seldom changes once, numbers as the difference to the last. */
final class ReadingCodec {

  private static final Kind[] KINDS = Kind.values();

  private ReadingCodec() {}

  /** Writes a reading; {@code before} is the one written before it, or null. */
  static void write(Output out, Reading reading, Reading before) throws IOException {
    boolean same = before != null && hasShapeOf(reading, before);
    out.writeByte((byte) (same ? 1 : 0));
    if (!same) {
      out.writeByte((byte) reading.kind().ordinal());
      out.writeByte((byte) (reading.errors() ? 1 : 0));
      Numbers.writeText(out, reading.boot());
      Numbers.writeLong(out, reading.startedAt());
      Numbers.writeCount(out, reading.numbers().length);
      Numbers.writeCount(out, reading.boundsMs().length);
      for (double bound : reading.boundsMs()) {
        Numbers.writeDouble(out, bound);
      }
    }
    Numbers.writeLong(out, reading.at() - (same ? before.at() : 0));
    Numbers.writeLong(out, reading.measuredAt() - reading.at());
    Numbers.writeLong(out, reading.sequence() - (same ? before.sequence() : 0));
    for (int place = 0; place < reading.numbers().length; place++) {
      Numbers.writeLong(out, reading.numbers()[place] - (same ? before.numbers()[place] : 0));
    }
  }

  static Reading read(Input in, Reading before) throws IOException {
    boolean same = in.readByte() == 1;
    Kind kind = same ? before.kind() : KINDS[in.readByte()];
    boolean errors = same ? before.errors() : in.readByte() == 1;
    String boot = same ? before.boot() : Numbers.readText(in);
    long startedAt = same ? before.startedAt() : Numbers.readLong(in);
    long[] numbers = new long[same ? before.numbers().length : (int) Numbers.readCount(in)];
    double[] bounds = same ? before.boundsMs() : new double[(int) Numbers.readCount(in)];
    for (int bound = 0; !same && bound < bounds.length; bound++) {
      bounds[bound] = Numbers.readDouble(in);
    }
    long at = Numbers.readLong(in) + (same ? before.at() : 0);
    long measuredAt = Numbers.readLong(in) + at;
    long sequence = Numbers.readLong(in) + (same ? before.sequence() : 0);
    for (int place = 0; place < numbers.length; place++) {
      numbers[place] = Numbers.readLong(in) + (same ? before.numbers()[place] : 0);
    }
    return new Reading(kind, errors, at, measuredAt, boot, sequence, startedAt, numbers, bounds);
  }

  private static boolean hasShapeOf(Reading reading, Reading before) {
    return reading.kind() == before.kind()
        && reading.errors() == before.errors()
        && reading.startedAt() == before.startedAt()
        && reading.numbers().length == before.numbers().length
        && reading.boot().equals(before.boot())
        && Arrays.equals(reading.boundsMs(), before.boundsMs());
  }
}
