package io.tocsin.alerting.healing.execute.haproxy;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;

/**
 * A server's line of {@code show stat}.
 *
 * @param status what HAProxy calls it, such as {@code UP} or {@code DRAIN}
 * @param sessions that are open now
 * @param check newest check, such as {@code L4CON}; empty without checks
 */
record Traffic(String status, String sessions, String check) {

  private static final CsvMapper CSV = new CsvMapper();

  /**
   * The line of one server.
   *
   * @throws IOException if there is none
   */
  static Traffic parse(String answer, ServerName name) throws IOException {
    String table = answer.startsWith("# ") ? answer.substring(2) : answer;
    try (MappingIterator<Map<String, String>> rows =
        CSV.readerFor(Map.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(new StringReader(table))) {
      while (rows.hasNextValue()) {
        Map<String, String> row = rows.nextValue();
        if (name.backend().equals(row.get("pxname")) && name.server().equals(row.get("svname"))) {
          return new Traffic(
              row.getOrDefault("status", "?"),
              row.getOrDefault("scur", "?"),
              row.getOrDefault("check_status", ""));
        }
      }
    }
    throw new IOException("no figures of " + name);
  }

  String words() {
    return sessions + " sessions, status " + status + (check.isEmpty() ? "" : ", check " + check);
  }
}
