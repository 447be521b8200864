package io.tocsin.collectors.container;

/** Text from managers and labels, made fit to be shown: it stays text, on one line, and short. */
final class Words {

  private Words() {}

  /**
   * At most {@code longest} characters, with blanks for line ends and {@code ?} for what cannot be
   * shown.
   */
  static String clean(String text, int longest) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
    text.codePoints()
        .limit(longest)
        .forEach(
            c ->
                clean.appendCodePoint(
                    Character.isWhitespace(c)
                        ? ' '
                        : Character.isISOControl(c) || isBroken(c) ? '?' : c));
    return clean.toString();
  }

  private static boolean isBroken(int c) {
    int type = Character.getType(c);
    return type == Character.SURROGATE
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
