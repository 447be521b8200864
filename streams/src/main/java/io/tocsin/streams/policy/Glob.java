package io.tocsin.streams.policy;

/**
 * A pattern in which {@code *} stands for any text, also none, and everything else for itself; the
 * whole text has to match. There is no escape: what is matched here, names and actions, has no
 * {@code *} that anybody needs to tell from others.
 *
 * <p>Compares characters and makes no regular expression of the pattern, so nothing in it can mean
 * anything else; the work is at most the product of both lengths.
 */
record Glob(String pattern) {

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
