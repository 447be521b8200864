package io.tocsin.alerting.glob;

import java.util.Collection;

/**
 * A pattern in which {@code *} stands for any text, also none, and everything else for itself; the
 * whole text has to match. No regular expression is made of it: the work is at most the product of
 * both lengths.
 */
public record Glob(String pattern) {

  /** Whether a text matches one of several patterns. */
  public static boolean any(Collection<String> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> new Glob(pattern).matches(text));
  }

  /** Whether it leaves nothing out. */
  public static boolean isAnything(String pattern) {
    return pattern.chars().allMatch(letter -> letter == '*');
  }

  /** Whether it stands for one text only. */
  public static boolean isExact(String pattern) {
    return pattern.indexOf('*') < 0;
  }

  /** Whether the whole text matches. */
  public boolean matches(String text) {
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
