package io.tocsin.alerting.replay.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the labels of a trace. A label that cannot be read is an error, for scores hang on it. */
public final class LabelReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANOMALY = "anomaly";

  private final LabelSource source;
  private final Path file;
  private final List<Label> labels = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private LabelReader(LabelSource source, Path file) {
    this.source = source;
    this.file = file;
  }

  /**
   * Reads labels.
   *
   * @throws TraceException naming every label that cannot be read
   * @throws IOException if the file cannot be read
   */
  public static List<Label> read(LabelSource source, Path directory)
      throws TraceException, IOException {
    LabelReader reader = new LabelReader(source, directory.resolve(source.file()));
    if (source.file().endsWith(".json")) {
      reader.readWindows();
    } else {
      reader.readTable();
    }
    if (!reader.problems.isEmpty()) {
      throw new TraceException(String.join("\n", reader.problems));
    }
    return List.copyOf(reader.labels);
  }

  private void readWindows() throws TraceException, IOException {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException notJson) {
      throw new TraceException(
          file + ":" + notJson.getLocation().getLineNr() + ": " + notJson.getOriginalMessage());
    }
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      String resource = source.resource().in(entry.getKey());
      int number = 0;
      for (JsonNode window : entry.getValue()) {
        String place = file + ": " + entry.getKey() + "[" + number++ + "]";
        add(place, resource, window.path(0).asText(), window.path(1).asText(), ANOMALY);
      }
    }
  }

  private void readTable() throws TraceException, IOException {
    CsvTable table = new CsvTable(file, ',');
    table.read(
        () -> {
          int resource = table.column(source.resource().column());
          int from = table.column(source.from());
          int to = table.column(source.to());
          boolean hasKind = source.kind() != null && !source.kind().isEmpty();
          int kind = hasKind ? table.column(source.kind()) : -1;
          return (line, cells) ->
              add(
                  file + ":" + line,
                  source.resource().in(cell(cells, resource)),
                  cell(cells, from),
                  cell(cells, to),
                  hasKind ? cell(cells, kind) : ANOMALY);
        });
  }

  private static String cell(String[] cells, int column) {
    return column < cells.length ? cells[column] : "";
  }

  private void add(String place, String resource, String from, String to, String kind) {
    Instant onset = TraceTime.of(from);
    Instant end = TraceTime.of(to);
    if (resource == null || onset == null || end == null || end.isBefore(onset)) {
      problems.add(
          place
              + ": needs a resource, an onset and an end that is not before it, but has "
              + String.join(", ", String.valueOf(resource), from, to));
    } else {
      labels.add(new Label(resource, onset, end, kind));
    }
  }
}
