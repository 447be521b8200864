package io.tocsin.history;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Bounds the series, sets of tags, of each table of figures: one label with an id in it makes a
 * series of each point, of which stores die. Known series go on, new ones beyond the bound are
 * refused. A series that has had no point for 12 to 24 hours makes room; what is known is forgotten
 * at a restart.
 *
 * <p>A series is known by a hash of 64 bits, of a seed that nobody outside knows. Two that share
 * one count as one, so that one too many comes in: with 100,000 series a chance of 1 in 3 billion.
 * Tables of what happened are not bounded: an incident is a series of one point. Not thread-safe,
 * but for {@link #warning()}.
 */
final class SeriesLimit {

  /** For each table: ten thousand machines with ten parts each. */
  static final int USUAL = 100_000;

  /** After so long a series of the time before is forgotten, unless it was heard of since. */
  private static final Duration GENERATION = Duration.ofHours(12);

  /** A refusal is news for so long. */
  private static final Duration NEWS = Duration.ofMinutes(10);

  private static final Set<String> BOUNDED =
      Arrays.stream(HistoryTable.values())
          .flatMap(table -> Arrays.stream(Tier.values()).map(table::at))
          .collect(Collectors.toUnmodifiableSet());

  private final int most;
  private final long seed;
  private final Clock clock;
  private final Map<String, Table> tables = new HashMap<>();
  private volatile Refusal latest;

  private record Refusal(String table, long points, long atMs) {}

  /** What is known of a table. */
  private static final class Table {
    SeriesSet before = new SeriesSet();
    SeriesSet now = new SeriesSet();

    /** In either of the two. */
    int known;

    long refused;
    long turnsAt;

    boolean admits(long series, int most) {
      if (now.contains(series)) {
        return true;
      }
      if (!before.contains(series)) {
        if (known >= most) {
          refused++;
          return false;
        }
        known++;
      }
      now.add(series);
      return true;
    }

    void turn() {
      before = now;
      now = new SeriesSet();
      known = before.size();
    }
  }

  /**
   * @param most series of a table
   * @param seed that nobody outside can know
   */
  SeriesLimit(int most, long seed, Clock clock) {
    this.most = most;
    this.seed = seed;
    this.clock = clock;
  }

  /**
   * Whether a point may be written; once it may, its series is known.
   *
   * @param line made by {@link Line}
   */
  boolean admits(String line) {
    String name = Line.table(line);
    if (!BOUNDED.contains(name)) {
      return true;
    }
    long now = clock.millis();
    Table table = tables.computeIfAbsent(name, first -> new Table());
    if (now >= table.turnsAt) {
      table.turn();
      table.turnsAt = now + GENERATION.toMillis();
    }
    boolean admitted = table.admits(hash(line), most);
    if (!admitted) {
      latest = new Refusal(name, table.refused, now);
    }
    return admitted;
  }

  /** What has been refused of late and what to do, in words; empty while nothing has. */
  Optional<String> warning() {
    Refusal news = latest;
    if (news == null || clock.millis() - news.atMs > NEWS.toMillis()) {
      return Optional.empty();
    }
    return Optional.of(
        ("%s has the %,d series that history.max-series allows; %,d points of further ones were"
                + " refused; find the label that makes them (tocsin.dead-letters,"
                + " too-many-series), or allow more")
            .formatted(news.table, most, news.points));
  }

  /** Of name and tags: up to the first space that is not part of a value. */
  private long hash(String line) {
    long hash = seed;
    for (int place = 0; place < line.length(); place++) {
      char c = line.charAt(place);
      if (c == ' ' && line.charAt(place - 1) != '\\') {
        break;
      }
      hash = (hash ^ c) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return mix(hash);
  }

  /** The last steps of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
