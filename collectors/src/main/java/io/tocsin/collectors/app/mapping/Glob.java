package io.tocsin.collectors.app.mapping;

/**
 * A pattern for names and label values: {@code *} stands for any text, {@code ?} for one character,
 * {@code |} separates alternatives, everything else for itself. No regular expressions, because the
 * texts come from outside and some expressions take for ever on the wrong text.
 */
final class Glob {

  private final String[] alternatives;

  Glob(String pattern) {
    alternatives = pattern.split("\\|", -1);
  }

  boolean matches(String text) {
    for (String alternative : alternatives) {
      if (matches(alternative, text)) {
        return true;
      }
    }
    return false;
  }

  /** Takes at most length of pattern times length of text, whatever these are. */
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
      if (p < pattern.length() && wanted == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && (wanted == '?' || wanted == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
