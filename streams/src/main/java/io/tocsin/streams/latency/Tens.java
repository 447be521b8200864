package io.tocsin.streams.latency;

import io.tocsin.schemas.LatencySource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tallies of the smallest windows, 10 s by default, of one resource: what larger ones are of. */
final class Tens {

  /** Which window. */
  record Key(LatencySource source, long startsAt) {}

  private static final Comparator<Key> IN_TIME =
      Comparator.comparingLong(Key::startsAt).thenComparing(Key::source);

  private final long sizeMs;
  private final long longestMs;
  private final Map<Key, Tally> tallies = new TreeMap<>(IN_TIME);

  Tens(long sizeMs, long longestMs) {
    this.sizeMs = sizeMs;
    this.longestMs = longestMs;
  }

  /** Adds readings of one series, in order; {@code before} is the one before them, or null. */
  void add(Reading before, List<Reading> readings, List<Unrated> unrated) {
    Reading older = before;
    Tally tally = null;
    long startsAt = 0;
    long covered = 0;
    for (Reading newer : readings) {
      if (tally == null || newer.at() >= startsAt + sizeMs) {
        cover(tally, covered);
        covered = 0;
        startsAt = newer.at() - Math.floorMod(newer.at(), sizeMs);
        LatencySource source = newer.isProbe() ? LatencySource.PROBES : LatencySource.APPLICATION;
        tally = tallies.computeIfAbsent(new Key(source, startsAt), key -> new Tally());
      }
      Step step = Step.add(older, newer, longestMs, tally);
      covered += step.coveredMs;
      if (step.unrated != null) {
        unrated.add(step.unrated);
      }
      older = newer;
    }
    cover(tally, covered);
  }

  /** Series of a resource count at the same time, so the longest covers the others. */
  private static void cover(Tally tally, long coveredMs) {
    if (tally != null) {
      tally.coveredMs = Math.max(tally.coveredMs, coveredMs);
    }
  }

  /** In the order of time; complete now, so each knows its rate. */
  Map<Key, Tally> all() {
    tallies.values().forEach(tally -> tally.highestPerSecond = tally.perSecond());
    return tallies;
  }
}
