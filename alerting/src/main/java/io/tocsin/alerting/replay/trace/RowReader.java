package io.tocsin.alerting.replay.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the lines of one file into rows. */
final class RowReader {

  private final TraceSource source;
  private final String file;
  private final Tally tally;
  private final int time;
  private final int resource;
  private final int service;
  private final Map<String, Integer> fields = new LinkedHashMap<>();
  private final Map<NameFrom, Map<String, Optional<String>>> names = new HashMap<>();
  private final Map<Integer, String> melted = new TreeMap<>();

  RowReader(TraceSource source, CsvTable table, String file, Tally tally) throws TraceException {
    this.source = source;
    this.file = file;
    this.tally = tally;
    this.time = table.column(source.time());
    this.resource = column(table, source.resource());
    this.service = column(table, source.service());
    for (Map.Entry<String, String> field : source.fields().entrySet()) {
      fields.put(field.getKey(), table.column(field.getValue()));
    }
    if (source.melt() != null) {
      melt(table.header());
    }
  }

  private static int column(CsvTable table, NameFrom name) throws TraceException {
    return name == null || name.isOfFile() ? -1 : table.column(name.column());
  }

  private void melt(List<String> header) throws TraceException {
    Pattern columns = Pattern.compile(source.melt().columns());
    for (int i = 0; i < header.size(); i++) {
      Matcher matcher = columns.matcher(header.get(i));
      if (i != time && matcher.matches()) {
        melted.put(i, matcher.replaceFirst(source.melt().resource()));
      }
    }
    if (melted.isEmpty()) {
      throw new TraceException(file + ":1: no column matches " + source.melt().columns());
    }
  }

  /** The rows of a line: none if it is of no use, several of a wide table. */
  List<TraceRow> rows(int line, String[] cells) {
    String place = file + ":" + line;
    Instant at = time < cells.length ? TraceTime.of(cells[time]) : null;
    if (at == null) {
      tally.count("row without a readable time", place);
      return List.of();
    }
    return source.melt() == null ? single(at, cells, place) : wide(at, cells, place);
  }

  private List<TraceRow> single(Instant at, String[] cells, String place) {
    String name = name(source.resource(), resource, cells);
    if (name == null) {
      tally.count("row without a resource", place);
      return List.of();
    }
    Map<String, Double> values = new TreeMap<>();
    fields.forEach(
        (field, column) -> {
          Double value = number(cells, column, place);
          if (value != null) {
            values.put(field, value);
          }
        });
    if (values.isEmpty()) {
      tally.count("row without a number", place);
      return List.of();
    }
    String owner = name(source.service(), service, cells);
    return List.of(new TraceRow(at, name, owner, source.kind(), Map.copyOf(values)));
  }

  private List<TraceRow> wide(Instant at, String[] cells, String place) {
    List<TraceRow> rows = new ArrayList<>();
    melted.forEach(
        (column, name) -> {
          Double value = number(cells, column, place);
          if (value != null) {
            Map<String, Double> values = Map.of(source.melt().field(), value);
            rows.add(new TraceRow(at, name, null, source.kind(), values));
          }
        });
    return rows;
  }

  private String name(NameFrom from, int column, String[] cells) {
    if (from == null) {
      return null;
    }
    String text = from.isOfFile() ? file : column < cells.length ? cells[column] : "";
    // Few names, many rows: the pattern is tried once for each.
    return names
        .computeIfAbsent(from, any -> new HashMap<>())
        .computeIfAbsent(text, any -> Optional.ofNullable(from.in(text)))
        .orElse(null);
  }

  private Double number(String[] cells, int column, String place) {
    if (column >= cells.length || cells[column].isEmpty()) {
      tally.count("empty cell", place);
      return null;
    }
    try {
      double value = Double.parseDouble(cells[column]);
      if (Double.isFinite(value)) {
        return value;
      }
      tally.count("number not finite", place);
    } catch (NumberFormatException notNumber) {
      tally.count("cell not a number", place);
    }
    return null;
  }
}
