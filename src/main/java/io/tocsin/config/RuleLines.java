package io.tocsin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tocsin.config.Config.RuleSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Cuts the rules out of a configuration file and leaves them on their lines, so that whoever reads
 * them can say where something is wrong.
 */
final class RuleLines {

  private static final Pattern BEGIN = Pattern.compile("rules\\s*:.*");
  private static final Pattern OTHER_KEY = Pattern.compile("[A-Za-z][\\w-]*\\s*:.*");

  private RuleLines() {}

  /** The rules of a file that has been read before; null if it has none. */
  static RuleSource of(Path file, JsonNode root) {
    if (!root.has("rules")) {
      return null;
    }
    try {
      String cut = cut(Files.readAllLines(file));
      // A file that is one flow mapping has no line of its own for them.
      String text =
          cut.isBlank()
              ? new YAMLMapper().writeValueAsString(Map.of("rules", root.get("rules")))
              : cut;
      return new RuleSource(file.toString(), text);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static String cut(List<String> lines) {
    StringBuilder text = new StringBuilder();
    boolean inside = false;
    for (String line : lines) {
      if (BEGIN.matcher(line).matches()) {
        inside = true;
      } else if (OTHER_KEY.matcher(line).matches()) {
        inside = false;
      }
      text.append(inside ? line : "").append('\n');
    }
    return text.toString();
  }
}
