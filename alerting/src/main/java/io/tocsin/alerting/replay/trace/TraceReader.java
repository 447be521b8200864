package io.tocsin.alerting.replay.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the files of a trace in the way a mapping says. Traces are dirty: what cannot be used is
 * counted by reason with the place where it was first met, and never ends the reading.
 */
public final class TraceReader {

  private final TraceMapping mapping;
  private final TraceFiles files;
  private final Tally tally = new Tally();
  private final List<TraceRow> rows = new ArrayList<>();

  private TraceReader(TraceMapping mapping, Path directory) {
    this.mapping = mapping;
    this.files = new TraceFiles(directory);
  }

  /**
   * Reads a trace.
   *
   * @throws TraceException if a file that the mapping names is missing, or lacks a column
   * @throws IOException if a file cannot be read
   */
  public static Trace read(TraceMapping mapping, Path directory)
      throws TraceException, IOException {
    return new TraceReader(mapping, directory).read();
  }

  private Trace read() throws TraceException, IOException {
    for (TraceSource source : mapping.sources()) {
      Order order = new Order(tally);
      for (Path file : files.matching(source.files())) {
        CsvTable table = new CsvTable(file, source.separator().charAt(0));
        table.read(
            () -> {
              RowReader reader = new RowReader(source, table, files.nameOf(file), tally);
              return (line, cells) ->
                  reader
                      .rows(line, cells)
                      .forEach(
                          row -> {
                            order.check(row, file + ":" + line);
                            rows.add(row);
                          });
            });
      }
    }
    rows.sort(Comparator.comparing(TraceRow::at).thenComparing(TraceRow::resource));
    List<TraceRow> joined = Join.rows(rows, Duration.ofSeconds(mapping.joinSeconds()));
    return new Trace(List.copyOf(joined), tally.counts(), tally.examples());
  }

  /** Notices rows of a resource that repeat a time or go back in it. */
  private static final class Order {
    private final Map<String, Instant> latest = new HashMap<>();
    private final Tally tally;

    Order(Tally tally) {
      this.tally = tally;
    }

    void check(TraceRow row, String place) {
      Instant before = latest.get(row.resource());
      if (before != null && row.at().equals(before)) {
        tally.count("repeated time (used)", place);
      } else if (before != null && row.at().isBefore(before)) {
        tally.count("out of order (sorted)", place);
        return;
      }
      latest.put(row.resource(), row.at());
    }
  }
}
