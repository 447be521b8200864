package io.tocsin.alerting.yaml;

/**
 * One thing that is wrong with a file.
 *
 * @param file the file as the user named it
 * @param line from 1; 0 where the problem has no place in the file
 * @param column from 1; 0 where the problem has no place in the file
 * @param key path of the key, such as {@code rules[0].when}; empty for the file as a whole
 * @param message what is wrong and what would be right
 */
public record Problem(String file, int line, int column, String key, String message)
    implements Comparable<Problem> {

  /** {@code file:line:column: key: message}, as compilers write it. */
  @Override
  public String toString() {
    String place = line == 0 ? file : file + ":" + line + ":" + column;
    return place + ": " + (key.isEmpty() ? "" : key + ": ") + message;
  }

  /** In the order in which people read the file. */
  @Override
  public int compareTo(Problem other) {
    int byFile = file.compareTo(other.file);
    int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
    int byColumn = byLine != 0 ? byLine : Integer.compare(column, other.column);
    return byColumn != 0 ? byColumn : toString().compareTo(other.toString());
  }
}
