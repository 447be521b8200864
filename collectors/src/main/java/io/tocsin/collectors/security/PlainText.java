package io.tocsin.collectors.security;

/**
 * Text from strangers, made fit to be stored and shown: cut to a length, line breaks and tabs
 * turned into blanks, other control characters, halves of surrogate pairs and marks that turn the
 * direction of writing replaced by U+FFFD.
 */
final class PlainText {

  /** Longest title. */
  static final int TITLE = 200;

  /** Longest value of an attribute. */
  static final int VALUE = 1_000;

  /** Longest detail. */
  static final int DETAIL = 2_000;

  private static final char REPLACEMENT = '\uFFFD';

  private PlainText() {}

  /** At most {@code longest} characters of it; a cut is marked by an ellipsis. Null gives "". */
  static String of(String text, int longest) {
    if (text == null) {
      return "";
    }
    boolean cut = text.length() > longest;
    int end = cut ? longest - 1 : text.length();
    if (cut && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder clean = new StringBuilder(end + 1);
    for (int i = 0; i < end; ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      clean.appendCodePoint(isForeign(point) ? replacementOf(point) : point);
    }
    return cut ? clean.append('\u2026').toString() : clean.toString();
  }

  private static boolean isForeign(int point) {
    return Character.isISOControl(point)
        || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
        || point >= 0x202A && point <= 0x202E
        || point >= 0x2066 && point <= 0x2069
        || point == 0x2028
        || point == 0x2029;
  }

  private static int replacementOf(int point) {
    return point == '\n' || point == '\r' || point == '\t' ? ' ' : REPLACEMENT;
  }
}
