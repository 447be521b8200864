package io.tocsin.collectors.policy;

import java.nio.charset.StandardCharsets;

/** Text from outside made fit for a label. All methods return the same object where it fits. */
final class CleanText {

  private static final char REPLACEMENT = '\uFFFD';

  private CleanText() {}

  /** Control characters, halves of surrogate pairs and marks that turn text around replaced. */
  static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (foreign(text, i)) {
        StringBuilder clean = new StringBuilder(text);
        for (int k = i; k < text.length(); k++) {
          if (foreign(text, k)) {
            clean.setCharAt(k, REPLACEMENT);
          }
        }
        return clean.toString();
      }
    }
    return text;
  }

  private static boolean foreign(String text, int i) {
    char c = text.charAt(i);
    if (c < 0x80) {
      return c < 0x20 || c == 0x7F;
    }
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
    boolean turnsAround =
        c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069' || c == '\u200E';
    return c < 0xA0 || turnsAround || c == '\u200F' || c == '\u2028' || c == '\u2029';
  }

  /** Cut to so many characters, and never in the middle of one. */
  static String first(String text, int characters) {
    if (text.length() <= characters) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(characters - 1));
    return text.substring(0, splits ? characters - 1 : characters);
  }

  /** Cut to so many bytes of UTF-8, and never in the middle of a character. */
  static String firstBytes(String text, int bytes) {
    if (text.length() * 3L <= bytes || bytes(text) <= bytes) {
      return text;
    }
    int size = 0;
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      int width = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (size + width > bytes) {
        break;
      }
      size += width;
      i += Character.charCount(point);
    }
    return text.substring(0, i);
  }

  static int bytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return text.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return text.length();
  }
}
