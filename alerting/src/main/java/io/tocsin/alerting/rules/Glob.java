package io.tocsin.alerting.rules;

/**
 * A pattern in which {@code *} stands for any text, also none, and everything else for itself; the
 * whole text has to match. No regular expression is made of it: the work is at most the product of
 * both lengths.
 */
record Glob(String pattern) {

  /** Whether it stands for one text only. */
  static boolean isExact(String pattern) {
    return pattern.indexOf('*') < 0;
  }

  boolean matches(String text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      if (in < pattern.length() && pattern.charAt(in) == '*') {
        star = in++;
        resume = at;
      } else if (in < pattern.length() && pattern.charAt(in) == text.charAt(at)) {
        in++;
        at++;
      } else if (star >= 0) {
        // The last star takes one character more; stars before it need never be tried again.
        in = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.charAt(in) == '*') {
      in++;
    }
    return in == pattern.length();
  }
}
