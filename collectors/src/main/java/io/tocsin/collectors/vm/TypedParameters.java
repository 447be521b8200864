package io.tocsin.collectors.vm;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * An array of virTypedParameter: 80 bytes of name, 4 of type, 4 of nothing, 8 of value (<a
 * href="https://libvirt.org/html/libvirt-libvirt-common.html#virTypedParameter">
 * virTypedParameter</a>). Unsigned values over 2^63 - 1 come out negative.
 */
final class TypedParameters {

  static final int SIZE = 96;

  private static final int NAME = 80;
  private static final int VALUE = 88;
  private static final int LONGEST_TEXT = 4096;

  private TypedParameters() {}

  /** Copies {@code count} parameters out of native memory. */
  static Map<String, Object> read(Pointer parameters, int count) {
    return parse(parameters.getByteArray(0, count * SIZE), address -> text(new Pointer(address)));
  }

  /**
   * Parses a copy.
   *
   * @param texts gives the text at an address
   */
  static Map<String, Object> parse(byte[] bytes, LongFunction<String> texts) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    Map<String, Object> fields = new HashMap<>(bytes.length / SIZE * 2);
    for (int at = 0; at + SIZE <= bytes.length; at += SIZE) {
      int end = at;
      while (end < at + NAME && bytes[end] != 0) {
        end++;
      }
      Object value = value(buffer, at, texts);
      if (value != null) {
        fields.put(new String(bytes, at, end - at, StandardCharsets.UTF_8), value);
      }
    }
    return fields;
  }

  private static Object value(ByteBuffer buffer, int at, LongFunction<String> texts) {
    return switch (buffer.getInt(at + NAME)) {
      case 1 -> (long) buffer.getInt(at + VALUE);
      case 2 -> Integer.toUnsignedLong(buffer.getInt(at + VALUE));
      case 3, 4 -> buffer.getLong(at + VALUE);
      case 5 -> buffer.getDouble(at + VALUE);
      case 6 -> buffer.get(at + VALUE) != 0;
      case 7 -> {
        long address = buffer.getLong(at + VALUE);
        yield address == 0 ? null : texts.apply(address);
      }
      default -> null;
    };
  }

  /** Text that ends in a zero byte, or is cut. */
  private static String text(Pointer at) {
    long length = 0;
    while (length < LONGEST_TEXT && at.getByte(length) != 0) {
      length++;
    }
    return new String(at.getByteArray(0, (int) length), StandardCharsets.UTF_8);
  }
}
