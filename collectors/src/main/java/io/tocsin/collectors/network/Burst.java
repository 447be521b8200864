package io.tocsin.collectors.network;

import io.tocsin.schemas.PathStatistics;
import java.util.Arrays;

/**
 * The round trips of one burst, by position in it, and what they come to. Reads no clock: moments
 * are handed in, in nanoseconds. Used again for every pass.
 *
 * <p>Percentiles are those of the burst itself, by nearest rank: the smallest round trip that at
 * least so many percent of all are not longer than. Jitter is the mean of |difference| of the round
 * trips of successive probes that were answered (IP packet delay variation of RFC 3393, taken
 * absolutely and there and back; RFC 3550 smooths the same differences). Reordered are answers that
 * came before the answer to an earlier probe, which then came too.
 */
final class Burst {

  private static final long NONE = -1;

  private final long[] sentAt;
  private final long[] roundTrips;
  private final int[] arrivals;
  private int sent;
  private int received;

  Burst(int size) {
    sentAt = new long[size];
    roundTrips = new long[size];
    arrivals = new int[size];
  }

  void clear() {
    sent = 0;
    received = 0;
    Arrays.fill(roundTrips, NONE);
  }

  int size() {
    return sentAt.length;
  }

  int sent() {
    return sent;
  }

  int received() {
    return received;
  }

  boolean complete() {
    return received == sentAt.length;
  }

  /** Share that was not answered, 0 to 100; 100 also when nothing was sent. */
  double lossPercent() {
    return sent == 0 ? 100 : 100.0 * (sent - received) / sent;
  }

  /** Position of the probe that is sent now. */
  int send(long now) {
    sentAt[sent] = now;
    return sent++;
  }

  /** Takes an answer; false if this probe was answered before, or has not even been sent. */
  boolean receive(int sequence, long now) {
    if (sequence >= sent || roundTrips[sequence] != NONE) {
      return false;
    }
    roundTrips[sequence] = Math.max(0, now - sentAt[sequence]);
    arrivals[received++] = sequence;
    return true;
  }

  /** What it came to; null when nothing was sent. */
  PathStatistics statistics(Double throughputBytesPerSecond) {
    if (sent == 0) {
      return null;
    }
    PathStatistics.Builder statistics =
        PathStatistics.newBuilder()
            .setSent(sent)
            .setReceived(received)
            .setReordered(reordered())
            .setThroughputBytesPerSecond(throughputBytesPerSecond);
    if (received > 0) {
      long[] sorted = Arrays.stream(roundTrips, 0, sent).filter(trip -> trip != NONE).toArray();
      Arrays.sort(sorted);
      statistics
          .setMinUs(micros(sorted[0]))
          .setMeanUs(micros(Arrays.stream(sorted).sum() / sorted.length))
          .setP50Us(micros(nearestRank(sorted, 50)))
          .setP90Us(micros(nearestRank(sorted, 90)))
          .setP99Us(micros(nearestRank(sorted, 99)))
          .setMaxUs(micros(sorted[sorted.length - 1]))
          .setJitterUs(jitter());
    }
    return statistics.build();
  }

  /** Of a rising series. */
  static long nearestRank(long[] sorted, int percent) {
    int rank = (sorted.length * percent + 99) / 100;
    return sorted[Math.max(1, rank) - 1];
  }

  private Long jitter() {
    long last = NONE;
    long sum = 0;
    for (int i = 0; i < sent; i++) {
      if (roundTrips[i] != NONE) {
        sum += last == NONE ? 0 : Math.abs(roundTrips[i] - last);
        last = roundTrips[i];
      }
    }
    return received < 2 ? null : Long.valueOf(micros(sum / (received - 1)));
  }

  private int reordered() {
    int count = 0;
    int earliestSince = Integer.MAX_VALUE;
    for (int i = received - 1; i >= 0; i--) {
      count += arrivals[i] > earliestSince ? 1 : 0;
      earliestSince = Math.min(earliestSince, arrivals[i]);
    }
    return count;
  }

  private static long micros(long nanos) {
    return nanos / 1_000;
  }
}
