package io.tocsin.streams.bottleneck;

/**
 * A resource id in which {@code *} stands for any characters, none included. Matching takes time
 * linear in the id for each star, whatever the pattern.
 */
record Glob(String pattern) {

  boolean isExact() {
    return pattern.indexOf('*') < 0;
  }

  /** How much of it is said: of two that match, the one that says more is meant. */
  int literals() {
    return (int) pattern.chars().filter(letter -> letter != '*').count();
  }

  boolean matches(String id) {
    int at = 0;
    int in = 0;
    int star = -1;
    int resumeAt = 0;
    while (at < id.length()) {
      if (in < pattern.length() && pattern.charAt(in) == '*') {
        star = in++;
        resumeAt = at;
      } else if (in < pattern.length() && pattern.charAt(in) == id.charAt(at)) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++resumeAt;
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
