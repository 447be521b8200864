package io.tocsin.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Secrets that the manual has people make, with their keys. */
final class SecretsToMake {

  private static final Path MANUAL = Path.of("site/markdown/kubernetes.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z-]+)` \\| `([a-z-]+)` \\| ([^|]+) \\|.*");

  private SecretsToMake() {}

  /** Keys by {@code namespace/name}. */
  static Map<String, Set<String>> read() {
    Map<String, Set<String>> secrets = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(MANUAL)) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          Set<String> keys =
              new TreeSet<>(Arrays.asList(row.group(3).replace("`", "").split(", ")));
          secrets.put(row.group(2) + "/" + row.group(1), keys);
        }
      }
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
    return secrets;
  }
}
