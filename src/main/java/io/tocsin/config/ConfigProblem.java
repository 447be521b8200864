package io.tocsin.config;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param file the file as the user named it
 * @param line from 1; 0 where the problem has no place in the file
 * @param column from 1; 0 where the problem has no place in the file
 * @param key path of the key, such as {@code checks[0].interval}; empty for the file as a whole
 * @param message what is wrong and what would be right
 */
public record ConfigProblem(String file, int line, int column, String key, String message) {

  /** {@code file:line:column: key: message}, as compilers write it. */
  @Override
  public String toString() {
    String place = line == 0 ? file : file + ":" + line + ":" + column;
    return place + ": " + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
