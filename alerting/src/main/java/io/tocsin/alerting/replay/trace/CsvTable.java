package io.tocsin.alerting.replay.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;

/** A text table with a header, unpacked if it is gzipped; headers and cells without blanks. */
final class CsvTable {

  private static final ObjectReader LINES =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build()
          .readerFor(String[].class);

  private final Path file;
  private final char separator;
  private List<String> header = List.of();

  CsvTable(Path file, char separator) {
    this.file = file;
    this.separator = separator;
  }

  /** Where a column is. */
  int column(String name) throws TraceException {
    int index = header.indexOf(name);
    if (index < 0) {
      throw new TraceException(
          file + ":1: has no column \"" + name + "\"; it has " + String.join(", ", header));
    }
    return index;
  }

  List<String> header() {
    return header;
  }

  /** What is done once the header is known, giving what takes each row with its line. */
  interface Start {
    BiConsumer<Integer, String[]> rows() throws TraceException;
  }

  /** Reads all of it. */
  void read(Start start) throws TraceException, IOException {
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    try (BufferedReader text =
            new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8));
        MappingIterator<String[]> lines = LINES.with(schema).readValues(text)) {
      if (!lines.hasNextValue()) {
        throw new TraceException(file + ": is empty");
      }
      header = Arrays.asList(stripped(lines.nextValue()));
      BiConsumer<Integer, String[]> rows = start.rows();
      while (lines.hasNextValue()) {
        String[] row = lines.nextValue();
        rows.accept(lines.getCurrentLocation().getLineNr() - 1, stripped(row));
      }
    } catch (JsonProcessingException notCsv) {
      throw new TraceException(
          file + ":" + notCsv.getLocation().getLineNr() + ": " + notCsv.getOriginalMessage());
    }
  }

  private InputStream open() throws IOException {
    InputStream raw = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
  }

  private static String[] stripped(String[] cells) {
    return Arrays.stream(cells)
        .map(cell -> cell == null ? "" : cell.strip())
        .toArray(String[]::new);
  }
}
