package io.tocsin.collectors.host;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Names in mountinfo. The kernel writes blank, tab, newline, {@code #} and backslash as {@code
 * \ooo}; all other bytes stand as they are, also those that are no UTF-8. Here a name is carried
 * with one character for each byte until it is shown.
 */
final class KernelNames {

  private KernelNames() {}

  /** Undoes the escapes. What is no complete escape stays as it is. */
  static String unescape(String name) {
    int escape = name.indexOf('\\');
    if (escape < 0) {
      return name;
    }
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      int code = name.charAt(i) == '\\' ? octal(name, i + 1) : -1;
      if (code > 0) {
        plain.append((char) code);
        i += 3;
      } else {
        plain.append(name.charAt(i));
      }
    }
    return plain.toString();
  }

  private static int octal(String name, int from) {
    if (from + 3 > name.length()) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + 3; i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      code = 8 * code + digit;
    }
    return code <= 0xff ? code : -1;
  }

  /**
   * A name as people read it: UTF-8 where it is. Control characters, invisible ones, backslashes
   * and bytes that are no UTF-8 are written as the kernel would, so that two names never look the
   * same.
   */
  static String shown(String name) {
    if (name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '\\')) {
      return name;
    }
    StringBuilder shown = new StringBuilder();
    ByteBuffer bytes = ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1));
    CharBuffer one = CharBuffer.allocate(2);
    while (bytes.hasRemaining()) {
      int start = bytes.position();
      int length = lengthOfCharacter(bytes.get(start));
      boolean readable = false;
      if (length <= bytes.remaining()) {
        one.clear();
        CoderResult result =
            StandardCharsets.UTF_8.newDecoder().decode(bytes.slice(start, length), one, true);
        readable = !result.isError() && isReadable(Character.codePointAt(one.flip(), 0));
      }
      if (readable) {
        shown.append(one);
      } else {
        length = 1;
        shown.append('\\').append(String.format("%03o", bytes.get(start) & 0xff));
      }
      bytes.position(start + length);
    }
    return shown.toString();
  }

  private static int lengthOfCharacter(byte first) {
    if (first >= 0) {
      return 1;
    }
    return (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : 4;
  }

  private static boolean isReadable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> character != '\\';
    };
  }
}
