package io.tocsin.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Writes a file of compressed line protocol into a store. Rows that are older than their table
 * keeps them are left out: QuestDB would take and drop them, InfluxDB refuses the request that has
 * one.
 */
final class HistoryImport {

  private static final int BATCH = 5_000;
  private static final long NANOS_PER_MS = 1_000_000;

  private final PointStore points;
  private final Clock clock;

  HistoryImport(PointStore points, Clock clock) {
    this.points = points;
    this.clock = clock;
  }

  /**
   * Writes all of one table.
   *
   * @return rows that were left out, being too old
   */
  long read(Path file, String table) throws HistoryException, IOException {
    long oldest = clock.instant().minus(Tier.kept(table)).toEpochMilli();
    long old = 0;
    List<String> batch = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          continue;
        }
        if (at(line) < oldest) {
          old++;
          continue;
        }
        batch.add(line);
        if (batch.size() == BATCH) {
          send(file, batch);
          batch.clear();
        }
      }
    }
    send(file, batch);
    return old;
  }

  private static long at(String line) {
    return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) / NANOS_PER_MS;
  }

  private void send(Path file, List<String> batch) throws HistoryException {
    if (batch.isEmpty()) {
      return;
    }
    PointStore.Answer answer = points.write(batch);
    if (answer instanceof PointStore.Answer.Refused no) {
      throw new HistoryException("history refused rows of " + file + ": " + no.reason(), null);
    }
    if (answer instanceof PointStore.Answer.Unavailable away) {
      throw new HistoryException(
          "history went away midway: " + away.reason() + "; restore again when it is back", null);
    }
  }
}
