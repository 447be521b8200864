package io.tocsin.alerting.incidents;

/** A pattern in which {@code *} stands for any text, also none, and all else for itself. */
final class Glob {

  private Glob() {}

  /** Whether the whole text matches. Takes at most pattern times text steps, whatever they are. */
  static boolean matches(String pattern, String text) {
    int at = 0;
    int read = 0;
    int star = -1;
    int resume = 0;
    while (read < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        resume = read;
      } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(read)) {
        at++;
        read++;
      } else if (star >= 0) {
        at = star + 1;
        read = ++resume;
      } else {
        return false;
      }
    }
    return matchesAnything(pattern.substring(at));
  }

  /** Whether a pattern leaves nothing out. */
  static boolean matchesAnything(String pattern) {
    return pattern.chars().allMatch(letter -> letter == '*');
  }
}
