package io.tocsin.streams.latency;

/**
 * What of a probe or a measurement is needed, small enough to be kept in state.
 *
 * <p>What {@code numbers} holds depends on the kind; {@link #ABSENT} stands for what is not known.
 *
 * @param kind how to read the numbers
 * @param errors whether requests that failed are counted, rather than all
 * @param at event time in ms: when it was measured, clamped if the source's clock is far ahead
 * @param measuredAt what the source's clock said, in ms; the length of intervals is made of it
 * @param boot the boot id of the agent
 * @param sequence position in what the agent sent since it started
 * @param startedAt when counting began, in ms; {@link #ABSENT} if not known
 * @param numbers see {@link Kind}
 * @param boundsMs upper bounds of the buckets, rising, the last one infinite; empty for other kinds
 */
public record Reading(
    Kind kind,
    boolean errors,
    long at,
    long measuredAt,
    String boot,
    long sequence,
    long startedAt,
    long[] numbers,
    double[] boundsMs) {

  static final long ABSENT = -1;
  static final double[] NO_BOUNDS = {};

  /** What the numbers are. The order is part of the stored state. */
  public enum Kind {
    /** A try at an endpoint: its verdict ({@link #UP}...), its latency in µs. */
    TRY,
    /** A burst: verdict, sent, received, mean, jitter, min, p50, p90, p99, max; µs. */
    BURST,
    /** One duration in µs. */
    DURATION,
    /** Count since the start. */
    COUNTER,
    /** Count since the last reading. */
    DELTA,
    /** Millionths per second. */
    RATE,
    /** Millionths of the requests. */
    SHARE,
    /** Durations since the start: count, sum in µs, then how many are in each bucket. */
    HISTOGRAM,
    /** The same, since the last reading. */
    HISTOGRAM_DELTA
  }

  static final long UNKNOWN = 0;
  static final long UP = 1;
  static final long DOWN = 2;

  static final int VERDICT = 0;
  static final int LATENCY = 1;

  static final int SENT = 1;
  static final int RECEIVED = 2;
  static final int MEAN = 3;
  static final int JITTER = 4;
  static final int LEAST = 5;
  static final int BURST_NUMBERS = 10;

  static final int COUNT = 0;
  static final int SUM = 1;
  static final int BUCKETS = 2;

  /** Whether it comes from a probe; from an application otherwise. */
  boolean isProbe() {
    return kind == Kind.TRY || kind == Kind.BURST;
  }

  boolean isRepeatOf(Reading other) {
    return sequence == other.sequence && boot.equals(other.boot);
  }

  /** In the order of time; where that is equal, in some order that does not depend on arrival. */
  boolean isAfter(Reading other) {
    if (at != other.at) {
      return at > other.at;
    }
    if (measuredAt != other.measuredAt) {
      return measuredAt > other.measuredAt;
    }
    return sequence != other.sequence ? sequence > other.sequence : boot.compareTo(other.boot) > 0;
  }
}
