package io.tocsin.streams.latency;

import static io.tocsin.streams.latency.Reading.ABSENT;

import java.util.Arrays;

/**
 * What a reading adds to a tally, given the one before it in its series.
 *
 * <p>Cumulative ones count their growth. Where they count from another start, went back or have
 * other buckets, the growth is not known, and the interval counts nothing.
 */
final class Step {

  private static final long MILLIONTHS = 1_000_000;

  private final Reading older;
  private final Reading newer;
  private final long longestMs;

  /** Time in which it counted requests, in ms. */
  long coveredMs;

  /** Why it counts nothing; null if it counts. */
  Unrated unrated;

  private Step(Reading older, Reading newer, long longestMs) {
    this.older = older;
    this.newer = newer;
    this.longestMs = longestMs;
  }

  /**
   * Adds what a reading says.
   *
   * @param older the one before, or null
   * @param longestMs a longer pause between them is a gap
   */
  static Step add(Reading older, Reading newer, long longestMs, Tally to) {
    Step step = new Step(older, newer, longestMs);
    to.latestAt = Math.max(to.latestAt, newer.at());
    step.addTo(to);
    return step;
  }

  private void addTo(Tally to) {
    long[] numbers = newer.numbers();
    switch (newer.kind()) {
      case TRY -> attempt(to);
      case BURST -> burst(to);
      case DURATION -> duration(to, numbers[0]);
      case COUNTER -> counter(to);
      case DELTA -> {
        coveredMs = newer.errors() ? 0 : deltaLength();
        to.requests(newer.errors(), thousandths(numbers[0]));
      }
      case RATE -> {
        unrated = pause();
        if (unrated == null) {
          coveredMs = newer.errors() ? 0 : length();
          // millionths per second, over ms: thousandths of a request
          to.requests(newer.errors(), Math.round((double) numbers[0] * length() / MILLIONTHS));
        }
      }
      case SHARE -> {
        unrated = pause();
        if (unrated == null) {
          to.errorShares.add(Math.min(1, (double) numbers[0] / MILLIONTHS), length());
        }
      }
      case HISTOGRAM -> cumulative(to);
      case HISTOGRAM_DELTA -> spread(to, numbers);
    }
  }

  private void attempt(Tally to) {
    verdict(to);
    long latency = newer.numbers()[Reading.LATENCY];
    if (newer.numbers()[Reading.VERDICT] != Reading.UNKNOWN || latency != ABSENT) {
      to.sent++;
      to.lost += latency == ABSENT ? 1 : 0;
    }
    if (latency == ABSENT) {
      return;
    }
    duration(to, latency);
    // A try that was not answered, or a pause, breaks the succession.
    if (older != null && older.kind() == Reading.Kind.TRY && pause() == null) {
      long before = older.numbers()[Reading.LATENCY];
      if (before != ABSENT) {
        to.jitter(Math.abs(latency - before), 1);
      }
    }
  }

  /** UNKNOWN counts neither way: it is not known whether it was asked at all. */
  private void verdict(Tally to) {
    long verdict = newer.numbers()[Reading.VERDICT];
    if (verdict != Reading.UNKNOWN) {
      to.requests(false, Tally.PER_REQUEST);
      to.requests(true, verdict == Reading.DOWN ? Tally.PER_REQUEST : 0);
    }
  }

  private void burst(Tally to) {
    verdict(to);
    long[] numbers = newer.numbers();
    long received = numbers[Reading.RECEIVED];
    to.sent += numbers[Reading.SENT];
    to.lost += numbers[Reading.SENT] - received;
    if (received == 0 || numbers[Reading.MEAN] == ABSENT) {
      return;
    }
    to.latencies(received, times(numbers[Reading.MEAN], received));
    if (Burst.addTo(to.spread, newer)) {
      to.extremes(numbers[Reading.LEAST], numbers[Reading.BURST_NUMBERS - 1]);
    } else {
      to.blurred += received;
    }
    if (numbers[Reading.JITTER] != ABSENT && received > 1) {
      to.jitter(times(numbers[Reading.JITTER], received - 1), received - 1);
    }
  }

  private static void duration(Tally to, long us) {
    to.latencies(1, us);
    to.extremes(us, us);
    to.spread.add(us / Durations.US_PER_MS, 1, 1);
  }

  private void counter(Tally to) {
    unrated = pause();
    if (unrated == null && (isRestarted() || newer.numbers()[0] < older.numbers()[0])) {
      unrated = Unrated.RESET;
    }
    if (unrated == null) {
      coveredMs = newer.errors() ? 0 : length();
      to.requests(newer.errors(), thousandths(newer.numbers()[0] - older.numbers()[0]));
    }
  }

  private void cumulative(Tally to) {
    unrated = pause();
    if (unrated != null) {
      return;
    }
    if (isRestarted() || !Arrays.equals(older.boundsMs(), newer.boundsMs())) {
      unrated = Unrated.RESET;
      return;
    }
    long[] growth = new long[newer.numbers().length];
    for (int place = 0; place < growth.length; place++) {
      long before = older.numbers()[place];
      long after = newer.numbers()[place];
      boolean isKept = before != ABSENT && after != ABSENT;
      growth[place] = isKept ? after - before : ABSENT;
      if (isKept && growth[place] < 0) {
        unrated = Unrated.RESET;
        return;
      }
    }
    spread(to, growth);
  }

  private void spread(Tally to, long[] numbers) {
    long howMany = numbers[Reading.COUNT];
    if (howMany == 0) {
      return;
    }
    double guessedMs = 0;
    for (int place = Reading.BUCKETS; place < numbers.length; place++) {
      if (numbers[place] > 0) {
        double value = Buckets.representative(newer.boundsMs(), place - Reading.BUCKETS);
        to.spread.add(value, numbers[place], numbers[place]);
        guessedMs += value * numbers[place];
      }
    }
    long sumUs = numbers[Reading.SUM];
    boolean hasBuckets = numbers.length > Reading.BUCKETS;
    if (sumUs == ABSENT && !hasBuckets) {
      return; // so many durations of which nothing is known
    }
    to.blurred += howMany;
    to.latencies(howMany, sumUs == ABSENT ? Durations.micros(guessedMs) : sumUs);
  }

  private boolean isRestarted() {
    return older.startedAt() != newer.startedAt();
  }

  /** Why nothing is known of the time between the two; null if something is. */
  private Unrated pause() {
    if (older == null || older.kind() != newer.kind()) {
      return Unrated.FIRST;
    }
    return length() <= 0 ? Unrated.CLOCK : length() > longestMs ? Unrated.GAP : null;
  }

  private long length() {
    return newer.measuredAt() - older.measuredAt();
  }

  /** Time in which a DELTA was counted: since its start, or the last one; 0 if neither is known. */
  private long deltaLength() {
    long since = newer.startedAt() == ABSENT ? 0 : newer.measuredAt() - newer.startedAt();
    if (since > 0 && since <= longestMs) {
      return since;
    }
    return pause() == null ? length() : 0;
  }

  private static long thousandths(long requests) {
    return times(requests, Tally.PER_REQUEST);
  }

  private static long times(long one, long other) {
    long high = Math.multiplyHigh(one, other);
    long low = one * other;
    return high != 0 || low < 0 ? Long.MAX_VALUE : low;
  }
}
