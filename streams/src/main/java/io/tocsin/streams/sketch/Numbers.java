package io.tocsin.streams.sketch;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How state is written: numbers of variable length, the small ones short. */
public final class Numbers {

  private Numbers() {}

  /** Writes a number that is not negative. */
  public static void writeCount(Output out, long number) throws IOException {
    VarEncodingHelper.encodeUnsignedVarLong(out, number);
  }

  /** Reads one. */
  public static long readCount(Input in) throws IOException {
    return VarEncodingHelper.decodeUnsignedVarLong(in);
  }

  /** Writes a number of either sign. */
  public static void writeLong(Output out, long number) throws IOException {
    VarEncodingHelper.encodeSignedVarLong(out, number);
  }

  /** Reads one. */
  public static long readLong(Input in) throws IOException {
    return VarEncodingHelper.decodeSignedVarLong(in);
  }

  /**
   * Writes a double to the bit, unlike the library's variable-length doubles, or figures would
   * depend on how often their state was stored. Reversed, the bits of a round number such as 0 or
   * 12.5 are a short one.
   */
  public static void writeDouble(Output out, double number) throws IOException {
    VarEncodingHelper.encodeUnsignedVarLong(out, Long.reverse(Double.doubleToRawLongBits(number)));
  }

  /** Reads one. */
  public static double readDouble(Input in) throws IOException {
    return Double.longBitsToDouble(Long.reverse(VarEncodingHelper.decodeUnsignedVarLong(in)));
  }

  /** Writes a text; null is told from an empty one. */
  public static void writeText(Output out, String text) throws IOException {
    if (text == null) {
      writeCount(out, 0);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    writeCount(out, bytes.length + 1L);
    for (byte one : bytes) {
      out.writeByte(one);
    }
  }

  /** Reads one. */
  public static String readText(Input in) throws IOException {
    int length = (int) readCount(in);
    if (length == 0) {
      return null;
    }
    byte[] bytes = new byte[length - 1];
    for (int place = 0; place < bytes.length; place++) {
      bytes[place] = in.readByte();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
