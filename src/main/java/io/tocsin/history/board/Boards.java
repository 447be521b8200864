package io.tocsin.history.board;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The boards there are. Each is defined in a YAML file beside this class. */
public final class Boards {

  private static final List<String> NAMES =
      List.of(
          "fleet",
          "host",
          "vm",
          "container",
          "network",
          "bottlenecks",
          "incidents",
          "healing",
          "security",
          "capacity",
          "pipeline");

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Boards() {}

  /** All boards. */
  static List<Board> all() {
    return NAMES.stream().map(Boards::read).toList();
  }

  private static Board read(String name) {
    try (InputStream file = Boards.class.getResourceAsStream(name + ".yaml")) {
      Board board = YAML.readValue(file, Board.class);
      List<String> problems =
          board.panels().stream().flatMap(panel -> panel.problems().stream()).toList();
      if (!problems.isEmpty()) {
        throw new IllegalStateException("board " + name + ": " + String.join("; ", problems));
      }
      return board;
    } catch (IOException wrong) {
      throw new UncheckedIOException("board " + name + " cannot be read", wrong);
    }
  }

  /** File names and contents for a store. */
  static Map<String, String> files(Store store) {
    Map<String, String> files = new LinkedHashMap<>();
    for (Board board : all()) {
      files.put(board.uid() + ".json", new GrafanaJson(store).write(board));
    }
    return files;
  }

  /**
   * Writes all boards, each to a file of its own. What has the same name is replaced.
   *
   * @return how many there are
   * @throws IOException if the directory cannot be made or written to
   */
  public static int write(Store store, Path directory) throws IOException {
    Files.createDirectories(directory);
    Map<String, String> files = files(store);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
    return files.size();
  }
}
