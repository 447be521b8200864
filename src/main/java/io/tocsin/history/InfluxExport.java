package io.tocsin.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The measurements of InfluxDB as compressed line protocol, as {@link HistoryExport} writes the
 * tables of QuestDB. Asked in InfluxQL, span by span and in chunks (<a
 * href="https://docs.influxdata.com/influxdb/v1/tools/api/#query-http-endpoint">reference</a>), and
 * read as a stream: the client holds the whole of an answer, and cannot read a missing number.
 */
final class InfluxExport {

  /** Points of one series that one chunk has. */
  private static final String CHUNK = "5000";

  /** A question's share of the time that a bucket keeps, so that no answer is of all of it. */
  private static final int SPANS = 30;

  /** Clocks ahead of ours have written points after now. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(5);
  private static final int OK = 200;
  private static final long NANOS = 1_000_000_000;
  private static final JsonFactory JSON = new JsonFactory();

  private final InfluxAddress address;
  private final Path directory;
  private final Clock clock;
  private final OkHttpClient http;

  InfluxExport(InfluxAddress address, Path directory, Clock clock) {
    this.address = address;
    this.directory = directory;
    this.clock = clock;
    this.http =
        InfluxHttp.builder(address.tls(), address.authorization(), address.version() == 1)
            .readTimeout(ANSWERS_WITHIN)
            .build();
  }

  /** What is done with a row: the tags of its series, and by column what it says. */
  private interface Rows {
    void row(Map<String, String> tags, Map<String, Object> values)
        throws IOException, HistoryException;
  }

  List<BackupManifest.Entry> write() throws HistoryException, IOException {
    List<BackupManifest.Entry> entries = new ArrayList<>();
    for (String table : HistoryTables.names()) {
      Path file = directory.resolve("history-" + table + ".line.gz");
      entries.add(BackupManifest.entry(file, table, write(table, file)));
    }
    return entries;
  }

  private long write(String table, Path file) throws HistoryException, IOException {
    Map<String, String> types = new HashMap<>();
    ask(
        table,
        "SHOW FIELD KEYS FROM \"" + table + "\"",
        (tags, row) ->
            types.put(String.valueOf(row.get("fieldKey")), String.valueOf(row.get("fieldType"))));
    long[] rows = {0};
    Duration kept = Tier.kept(table);
    Duration span = kept.dividedBy(SPANS);
    Instant end = clock.instant().plus(AHEAD);
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
      for (Instant from = clock.instant().minus(kept); from.isBefore(end); from = from.plus(span)) {
        ask(
            table,
            "SELECT * FROM \"%s\" WHERE time >= %dms AND time < %dms GROUP BY *"
                .formatted(table, from.toEpochMilli(), from.plus(span).toEpochMilli()),
            (tags, row) -> {
              out.write(line(table, tags, row, types));
              out.newLine();
              rows[0]++;
            });
      }
    }
    return rows[0];
  }

  private static String line(
      String table, Map<String, String> tags, Map<String, Object> row, Map<String, String> types) {
    Line line = new Line(table);
    tags.forEach(line::tag);
    row.forEach(
        (name, value) -> {
          switch (types.getOrDefault(name, "")) {
            case "float" -> line.number(name, ((Number) value).doubleValue());
            case "integer" -> line.whole(name, ((Number) value).longValue());
            case "boolean" -> line.flag(name, (Boolean) value);
            case "string" -> line.words(name, (String) value);
            default -> {
              // The time, which every line has.
            }
          }
        });
    long nanos = ((Number) row.get("time")).longValue();
    return line.at(Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS)).orElse("");
  }

  private void ask(String table, String text, Rows rows) throws HistoryException, IOException {
    String bucket = InfluxAddress.bucket(table);
    FormBody.Builder form =
        new FormBody.Builder().add("q", text).add("epoch", "ns").add("chunked", "true");
    form.add("chunk_size", CHUNK);
    form.add("db", address.version() == 1 ? InfluxAddress.DATABASE : bucket);
    if (address.version() == 1) {
      form.add("rp", bucket);
    }
    HttpUrl url = HttpUrl.get(address.url()).newBuilder().addPathSegment("query").build();
    try (Response answer = send(new Request.Builder().url(url).post(form.build()).build())) {
      if (answer.code() != OK) {
        throw new HistoryException(
            "history at %s cannot be read: HTTP %d".formatted(address.url(), answer.code()), null);
      }
      try (JsonParser in = JSON.createParser(answer.body().charStream())) {
        read(in, rows);
      }
    }
  }

  private Response send(Request request) throws HistoryException {
    try {
      return http.newCall(request).execute();
    } catch (IOException away) {
      throw new HistoryException(
          "history at %s does not answer: %s".formatted(address.url(), away.getMessage()), away);
    }
  }

  /**
   * Chunks follow each other without a comma; tags and columns of a series come before its rows.
   */
  private void read(JsonParser in, Rows rows) throws HistoryException, IOException {
    Map<String, String> tags = Map.of();
    List<String> columns = List.of();
    for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
      if (token != JsonToken.FIELD_NAME) {
        continue;
      }
      switch (in.currentName()) {
        case "name" -> tags = Map.of(); // a series without tags has none of the one before
        case "tags" -> tags = tags(in);
        case "columns" -> columns = columns(in);
        case "values" -> values(in, tags, columns, rows);
        case "error" ->
            throw new HistoryException(
                "history at %s cannot be read: %s".formatted(address.url(), in.nextTextValue()),
                null);
        default -> {
          // Numbers of statements, and marks of chunks.
        }
      }
    }
  }

  private static Map<String, String> tags(JsonParser in) throws IOException {
    Map<String, String> tags = new LinkedHashMap<>();
    in.nextToken();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      tags.put(name, in.nextTextValue());
    }
    return tags;
  }

  private static List<String> columns(JsonParser in) throws IOException {
    List<String> columns = new ArrayList<>();
    in.nextToken();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      columns.add(in.getText());
    }
    return columns;
  }

  private static void values(
      JsonParser in, Map<String, String> tags, List<String> columns, Rows rows)
      throws IOException, HistoryException {
    in.nextToken();
    while (in.nextToken() == JsonToken.START_ARRAY) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (String column : columns) {
        switch (in.nextToken()) {
          case VALUE_NUMBER_INT -> row.put(column, in.getLongValue());
          case VALUE_NUMBER_FLOAT -> row.put(column, in.getDoubleValue());
          case VALUE_STRING -> row.put(column, in.getText());
          case VALUE_TRUE, VALUE_FALSE -> row.put(column, in.getBooleanValue());
          default -> {
            // Nothing was measured.
          }
        }
      }
      in.nextToken();
      rows.row(tags, row);
    }
  }
}
