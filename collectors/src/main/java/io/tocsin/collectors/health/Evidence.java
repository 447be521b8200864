package io.tocsin.collectors.health;

/**
 * Makes text that others wrote fit to be shown: one line of at most {@value #LIMIT} characters, in
 * which control characters, line separators and marks that reverse the direction of text are
 * written out, so that nothing can hide behind them.
 */
final class Evidence {

  static final int LIMIT = 256;

  private static final String CUT = "…";

  private Evidence() {}

  static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(LIMIT);
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      String next = isHarmless(point) ? Character.toString(point) : written(point);
      if (shown.length() + next.length() > LIMIT - CUT.length()
          && !(shown.length() + next.length() <= LIMIT
              && at + Character.charCount(point) == text.length())) {
        return shown.append(CUT).toString();
      }
      shown.append(next);
      at += Character.charCount(point);
    }
    return shown.toString();
  }

  private static boolean isPlain(String text) {
    return text.length() <= LIMIT && text.codePoints().allMatch(Evidence::isHarmless);
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String written(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(point <= 0xffff ? "\\u%04x" : "\\u{%x}", point);
    };
  }
}
