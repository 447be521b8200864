package io.tocsin.collectors.policy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names that match one of some globs: {@code *} for any characters, {@code ?} for one. */
final class Globs {

  private final Pattern pattern;

  Globs(List<String> globs) {
    this.pattern =
        globs.isEmpty()
            ? null
            : Pattern.compile(
                globs.stream().map(Globs::regex).collect(Collectors.joining("|")), Pattern.DOTALL);
  }

  boolean isEmpty() {
    return pattern == null;
  }

  boolean match(String name) {
    return pattern != null && pattern.matcher(name).matches();
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int quoted = 0;
    for (int i = 0; i <= glob.length(); i++) {
      char c = i == glob.length() ? 0 : glob.charAt(i);
      if (i == glob.length() || c == '*' || c == '?') {
        regex.append(quoted < i ? Pattern.quote(glob.substring(quoted, i)) : "");
        regex.append(c == '*' ? ".*" : c == '?' ? "." : "");
        quoted = i + 1;
      }
    }
    return regex.toString();
  }
}
