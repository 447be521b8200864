package io.tocsin.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.alerting.healing.execute.PlainText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resumes tables of QuestDB that it has suspended. QuestDB takes points into a log and applies the
 * log to the table afterwards; a log that it cannot apply, most often because the disk is full, it
 * leaves alone until somebody says {@code RESUME WAL} (<a
 * href="https://questdb.com/docs/query/sql/alter-table-resume-wal/">reference</a>). Nothing is lost
 * by that, but what comes after cannot be asked for. Resuming begins with the transaction that
 * failed, so that it may be tried again and again: while there still is no room the table is
 * suspended once more.
 */
final class SuspendedTables implements StoreWatch {

  private static final Logger LOG = LoggerFactory.getLogger(SuspendedTables.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final int LONGEST_REASON = 200;

  private final HistoryAddress address;
  private final Counter resumed;
  private final Set<String> ours = new HashSet<>(HistoryTables.names());

  /** By table; of the thread's alone. */
  private final Map<String, Stopped> stopped = new TreeMap<>();

  private volatile String trouble;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "tocsin-tables");
            made.setDaemon(true);
            return made;
          });

  /**
   * A table that was suspended.
   *
   * @param transaction the last that was applied: it goes on once a later one is
   */
  record Stopped(long transaction, String reason) {}

  SuspendedTables(HistoryAddress address, MeterRegistry meters) {
    this.address = address;
    this.resumed = meters.counter("tocsin.recorder.tables.resumed");
  }

  @Override
  public void start() {
    thread.scheduleWithFixedDelay(
        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private void look() {
    try (Connection connection = HistoryTables.connect(address);
        Statement statement = connection.createStatement()) {
      Set<String> before = Set.copyOf(stopped.keySet());
      List<String> suspended = suspended(statement);
      if (address.room() == null || address.room().shortage().isEmpty()) {
        for (String table : suspended) {
          statement.execute("ALTER TABLE " + table + " RESUME WAL");
          resumed.increment();
        }
      }
      trouble = stopped.isEmpty() ? null : words(stopped);
      if (!before.equals(stopped.keySet())) {
        LOG.warn("{}", stopped.isEmpty() ? "all tables of history go on" : trouble);
      }
    } catch (SQLException | RuntimeException away) {
      // Whoever writes says so, too; what was found before holds until it is known to be over.
      LOG.debug("tables of history cannot be looked at: {}", away.toString());
    }
  }

  /** The names are compared with our own, as they become part of a statement. */
  private List<String> suspended(Statement statement) throws SQLException {
    List<String> suspended = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT name, suspended, writerTxn, errorTag, errorMessage FROM wal_tables()")) {
      while (row.next()) {
        String table = row.getString(1);
        if (!ours.contains(table)) {
          continue;
        }
        if (row.getBoolean(2)) {
          suspended.add(table);
          stopped.put(
              table, new Stopped(row.getLong(3), reason(row.getString(4), row.getString(5))));
        } else if (stopped.containsKey(table)
            && row.getLong(3) > stopped.get(table).transaction()) {
          stopped.remove(table);
        }
      }
    }
    return suspended;
  }

  private static String reason(String tag, String message) {
    String both = ((tag == null ? "" : tag) + " " + (message == null ? "" : message)).strip();
    String words = both.replace("io.questdb.cairo.CairoException: ", "");
    return words.isEmpty() ? "it does not say why" : PlainText.head(words, LONGEST_REASON);
  }

  /** A line for people. */
  static String words(Map<String, Stopped> stopped) {
    String first = stopped.values().iterator().next().reason();
    return "the history store takes points but does not apply them to "
        + String.join(", ", stopped.keySet())
        + " ("
        + first
        + "); give it disk space: its tables are resumed by themselves, and nothing is lost";
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
