package io.tocsin.streams.latency;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.streams.sketch.Numbers;
import io.tocsin.streams.sketch.Sketch;
import java.io.IOException;

/**
 * Latency, loss and errors summed up. All of it is whole numbers and sketches, so the merge of
 * tallies is to the bit the tally of all, in whatever order. Sums that no long holds stay at the
 * largest. Not thread-safe; changed in place.
 */
final class Tally {

  /**
   * Requests are counted in thousandths, because a rate over an interval may give a part of one.
   */
  static final long PER_REQUEST = 1_000;

  /** Latencies in ms whose size is known, at least by the bucket they lie in. */
  final Sketch spread = new Sketch();

  /** Failed requests as a fraction, where the source says no more than that; weighed by time. */
  final Sketch errorShares = new Sketch();

  long latestAt = Long.MIN_VALUE;

  /** Latencies, those of unknown size included, and the sum of all of them. */
  long count;

  long sumUs;

  /** Of these, how many whose extremes are not known. */
  long blurred;

  long leastUs = Long.MAX_VALUE;
  long greatestUs = Long.MIN_VALUE;
  long jitterUs;
  long jitterPairs;
  long sent;
  long lost;
  long requests;
  long errors;

  /** Time in which requests were counted, of the series that was so longest. */
  long coveredMs;

  /** Highest rate of requests of any 10 s. */
  double highestPerSecond;

  void latencies(long howMany, long sumOfThemUs) {
    count = plus(count, howMany);
    sumUs = plus(sumUs, sumOfThemUs);
  }

  void extremes(long least, long greatest) {
    leastUs = Math.min(leastUs, least);
    greatestUs = Math.max(greatestUs, greatest);
  }

  void jitter(long sumUsOfDifferences, long pairs) {
    jitterUs = plus(jitterUs, sumUsOfDifferences);
    jitterPairs = plus(jitterPairs, pairs);
  }

  void requests(boolean failed, long thousandths) {
    if (failed) {
      errors = plus(errors, thousandths);
    } else {
      requests = plus(requests, thousandths);
    }
  }

  /** Adds what the same resource did at another time. */
  void append(Tally other) {
    add(other);
    coveredMs += other.coveredMs;
  }

  /** Adds what others did at the same time. */
  void join(Tally other) {
    add(other);
    coveredMs = Math.max(coveredMs, other.coveredMs);
  }

  private void add(Tally other) {
    spread.merge(other.spread);
    errorShares.merge(other.errorShares);
    latestAt = Math.max(latestAt, other.latestAt);
    latencies(other.count, other.sumUs);
    blurred = plus(blurred, other.blurred);
    extremes(other.leastUs, other.greatestUs);
    jitter(other.jitterUs, other.jitterPairs);
    sent = plus(sent, other.sent);
    lost = plus(lost, other.lost);
    requests(false, other.requests);
    requests(true, other.errors);
    highestPerSecond = Math.max(highestPerSecond, other.highestPerSecond);
  }

  /** Requests per second over the time covered; 0 where there is none. */
  double perSecond() {
    // thousandths per ms
    return coveredMs == 0 ? 0 : (double) requests / coveredMs;
  }

  private static long plus(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  void write(Output out) throws IOException {
    spread.write(out);
    errorShares.write(out);
    Numbers.writeLong(out, latestAt);
    for (long number :
        new long[] {
          count, sumUs, blurred, jitterUs, jitterPairs, sent, lost, requests, errors, coveredMs
        }) {
      Numbers.writeCount(out, number);
    }
    Numbers.writeLong(out, leastUs);
    Numbers.writeLong(out, greatestUs);
    Numbers.writeDouble(out, highestPerSecond);
  }

  static Tally read(Input in) throws IOException {
    Tally tally = new Tally();
    tally.spread.merge(Sketch.read(in));
    tally.errorShares.merge(Sketch.read(in));
    tally.latestAt = Numbers.readLong(in);
    tally.count = Numbers.readCount(in);
    tally.sumUs = Numbers.readCount(in);
    tally.blurred = Numbers.readCount(in);
    tally.jitterUs = Numbers.readCount(in);
    tally.jitterPairs = Numbers.readCount(in);
    tally.sent = Numbers.readCount(in);
    tally.lost = Numbers.readCount(in);
    tally.requests = Numbers.readCount(in);
    tally.errors = Numbers.readCount(in);
    tally.coveredMs = Numbers.readCount(in);
    tally.leastUs = Numbers.readLong(in);
    tally.greatestUs = Numbers.readLong(in);
    tally.highestPerSecond = Numbers.readDouble(in);
    return tally;
  }
}
