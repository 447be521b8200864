package io.tocsin.streams.window;

import static com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper.decodeSignedVarLong;
import static com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper.decodeUnsignedVarLong;
import static com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper.encodeSignedVarLong;
import static com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper.encodeUnsignedVarLong;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@link Reading} as bytes: what seldom changes once, counters as the difference to the last. */
final class ReadingCodec {

  private static final byte SAME_SHAPE = 0;
  private static final byte NEW_SHAPE = 1;

  private ReadingCodec() {}

  /** Writes a reading; {@code before} is the one written before it, or null. */
  static void write(Output out, Reading reading, Reading before) throws IOException {
    boolean same = before != null && hasShapeOf(reading, before);
    out.writeByte(same ? SAME_SHAPE : NEW_SHAPE);
    if (!same) {
      writeText(out, reading.origin());
      encodeSignedVarLong(out, reading.bootedAt());
      out.writeDoubleLE(reading.cores());
      writeTexts(out, reading.disks());
      writeTexts(out, reading.links());
    }
    encodeSignedVarLong(out, reading.at() - (same ? before.at() : 0));
    encodeSignedVarLong(out, reading.measuredAt() - reading.at());
    encodeSignedVarLong(out, reading.sequence() - (same ? before.sequence() : 0));
    out.writeDoubleLE(reading.memoryPercent());
    for (int counter = 0; counter < reading.counters().length; counter++) {
      long last = same ? before.counters()[counter] : 0;
      encodeSignedVarLong(out, reading.counters()[counter] - last);
    }
  }

  static Reading read(Input in, Reading before) throws IOException {
    boolean same = in.readByte() == SAME_SHAPE;
    String origin = same ? before.origin() : readText(in);
    long bootedAt = same ? before.bootedAt() : decodeSignedVarLong(in);
    double cores = same ? before.cores() : in.readDoubleLE();
    List<String> disks = same ? before.disks() : readTexts(in);
    List<String> links = same ? before.links() : readTexts(in);
    long at = decodeSignedVarLong(in) + (same ? before.at() : 0);
    long measuredAt = decodeSignedVarLong(in) + at;
    long sequence = decodeSignedVarLong(in) + (same ? before.sequence() : 0);
    double memoryPercent = in.readDoubleLE();
    long[] counters = new long[Reading.FIXED + Reading.PER_DEVICE * (disks.size() + links.size())];
    for (int counter = 0; counter < counters.length; counter++) {
      counters[counter] = decodeSignedVarLong(in) + (same ? before.counters()[counter] : 0);
    }
    return new Reading(
        at, measuredAt, origin, sequence, bootedAt, cores, memoryPercent, disks, links, counters);
  }

  private static boolean hasShapeOf(Reading reading, Reading before) {
    return reading.bootedAt() == before.bootedAt()
        && Double.compare(reading.cores(), before.cores()) == 0
        && reading.origin().equals(before.origin())
        && reading.disks().equals(before.disks())
        && reading.links().equals(before.links());
  }

  static void writeText(Output out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    encodeUnsignedVarLong(out, bytes.length);
    for (byte one : bytes) {
      out.writeByte(one);
    }
  }

  static String readText(Input in) throws IOException {
    byte[] bytes = new byte[(int) decodeUnsignedVarLong(in)];
    for (int place = 0; place < bytes.length; place++) {
      bytes[place] = in.readByte();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void writeTexts(Output out, List<String> texts) throws IOException {
    encodeUnsignedVarLong(out, texts.size());
    for (String text : texts) {
      writeText(out, text);
    }
  }

  private static List<String> readTexts(Input in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (long left = decodeUnsignedVarLong(in); left > 0; left--) {
      texts.add(readText(in));
    }
    return texts;
  }
}
