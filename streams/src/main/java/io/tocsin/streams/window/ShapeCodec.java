package io.tocsin.streams.window;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@link Shape} as bytes. */
final class ShapeCodec {

  private ShapeCodec() {}

  static void write(Output out, Shape shape) throws IOException {
    Numbers.writeText(out, shape.agent());
    Numbers.writeText(out, shape.bootId());
    Numbers.writeLong(out, shape.bootedAt());
    Numbers.writeDouble(out, shape.cores());
    Numbers.writeLong(out, shape.memoryBytes());
    Numbers.writeText(out, shape.filesystem());
    Numbers.writeCount(out, shape.vcpus());
    writeTexts(out, shape.disks());
    writeTexts(out, shape.links());
  }

  static Shape read(Input in) throws IOException {
    return new Shape(
        Numbers.readText(in),
        Numbers.readText(in),
        Numbers.readLong(in),
        Numbers.readDouble(in),
        Numbers.readLong(in),
        Numbers.readText(in),
        (int) Numbers.readCount(in),
        readTexts(in),
        readTexts(in));
  }

  /** A reading of nothing, to which the first of a shape is the difference. */
  static Reading zero(Shape shape) {
    return new Reading(0, 0, 0, Double.NaN, Double.NaN, shape, new long[shape.counters()]);
  }

  static void writeTexts(Output out, List<String> texts) throws IOException {
    Numbers.writeCount(out, texts.size());
    for (String text : texts) {
      Numbers.writeText(out, text);
    }
  }

  static List<String> readTexts(Input in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (long left = Numbers.readCount(in); left > 0; left--) {
      texts.add(Numbers.readText(in));
    }
    return texts;
  }
}
