package io.tocsin.history;

import java.time.Duration;
import java.time.Instant;

/** How finely history is kept, and for how long. */
public enum Tier {
  /** Windows as they are written, for what is going on now. */
  TEN_SECONDS("", Duration.ofSeconds(10), Duration.ofDays(7)),
  /** For the weeks before. */
  MINUTE("_1m", Duration.ofMinutes(1), Duration.ofDays(90)),
  /** For capacity: two years, so that a season can be compared with the last. */
  HOUR("_1h", Duration.ofHours(1), Duration.ofDays(730));

  private final String suffix;
  private final Duration size;
  private final Duration retention;

  Tier(String suffix, Duration size, Duration retention) {
    this.suffix = suffix;
    this.size = size;
    this.retention = retention;
  }

  /** Ending of its tables' names. */
  String suffix() {
    return suffix;
  }

  /** Length of one window. */
  public Duration size() {
    return size;
  }

  /** How long its windows are kept. */
  public Duration retention() {
    return retention;
  }

  /** When the window began that a time lies in. */
  Instant begin(Instant at) {
    long length = size.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), length) * length);
  }

  /** The coarsest whose windows fit whole into a step. */
  static Tier of(Duration step) {
    Tier fitting = TEN_SECONDS;
    for (Tier tier : values()) {
      if (step.toMillis() % tier.size.toMillis() == 0) {
        fitting = tier;
      }
    }
    return fitting;
  }

  /** The one whose time a table is kept: each as its finest has it, what happened as hours. */
  static Tier keeping(String table) {
    for (HistoryTable each : HistoryTable.values()) {
      if (table.equals(each.label())) {
        return each.tier(TEN_SECONDS);
      }
    }
    return table.endsWith(MINUTE.suffix) ? MINUTE : HOUR;
  }

  /** How long rows of a table are kept. */
  static Duration kept(String table) {
    return keeping(table).retention;
  }
}
