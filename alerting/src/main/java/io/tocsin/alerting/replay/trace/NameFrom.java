package io.tocsin.alerting.replay.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a name is found: in a column, or in the path of the file.
 *
 * @param column header of the column; null or empty to take the file's path below the directory of
 *     the trace, with {@code /} between its parts
 * @param pattern regular expression that has to match all of it; its first group is the name, or
 *     the whole match where it has no group; null for everything
 */
public record NameFrom(String column, String pattern) {

  boolean isOfFile() {
    return column == null || column.isEmpty();
  }

  /** The name in a text; null where the pattern does not match or the name is empty. */
  String in(String text) {
    if (text == null || text.isEmpty() || pattern == null) {
      return text == null || text.isEmpty() ? null : text;
    }
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String name = matcher.group(Math.min(1, matcher.groupCount()));
    return name == null || name.isEmpty() ? null : name;
  }
}
