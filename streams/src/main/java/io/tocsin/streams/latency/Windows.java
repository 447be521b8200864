package io.tocsin.streams.latency;

import io.tocsin.schemas.Flow;
import io.tocsin.schemas.LatencySource;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.streams.window.Subject;
import java.time.Instant;

/**
 * Tallies as the records that others read.
 *
 * <p>Minimum and maximum are null where one of the latencies is known by the bucket it lies in
 * only; jitter where it comes from no probes. The error share is that of the requests counted, or,
 * where none were, the mean of what the source reports as a share. The highest rate of requests is
 * that of the busiest 10 s: series of one resource are not measured at the same moments, so nothing
 * shorter can be summed.
 */
final class Windows {

  private static final double PERCENT = 100;

  private Windows() {}

  static LatencyWindow latency(Subject of, OpenWindow window, int members, boolean isFinal) {
    Tally tally = window.tally();
    boolean timed = tally.count > 0;
    boolean sharp = timed && tally.blurred == 0 && tally.greatestUs >= 0;
    return LatencyWindow.newBuilder()
        .setResourceId(of.resourceId())
        .setKind(of.kind())
        .setService(of.service())
        .setTier(of.tier())
        .setSource(window.source())
        .setStartsAt(Instant.ofEpochMilli(window.startsAt()))
        .setEndsAt(Instant.ofEpochMilli(window.endsAt()))
        .setSizeMs(window.sizeMs())
        .setLatestAt(Instant.ofEpochMilli(tally.latestAt))
        .setIsFinal(isFinal)
        .setMembers(members)
        .setCount(tally.count)
        .setMeanMs(timed ? millis((double) tally.sumUs / tally.count) : null)
        .setJitterMs(
            tally.jitterPairs > 0 ? millis((double) tally.jitterUs / tally.jitterPairs) : null)
        .setMinMs(sharp ? millis(tally.leastUs) : null)
        .setMaxMs(sharp ? millis(tally.greatestUs) : null)
        .setP50Ms(quantile(tally, 0.50))
        .setP90Ms(quantile(tally, 0.90))
        .setP99Ms(quantile(tally, 0.99))
        .setP999Ms(quantile(tally, 0.999))
        .setSent(tally.sent)
        .setLossPercent(tally.sent > 0 ? (Double) (PERCENT * tally.lost / tally.sent) : null)
        .setRequests(requests(tally))
        .setErrorPercent(errorPercent(tally))
        .build();
  }

  /** Whether the tally says how many requests an application answered, over what time. */
  static boolean saysThroughput(OpenWindow window) {
    return window.source() == LatencySource.APPLICATION && window.tally().coveredMs > 0;
  }

  static ThroughputWindow throughput(Subject of, OpenWindow window, int members, boolean isFinal) {
    Tally tally = window.tally();
    double mean = tally.perSecond();
    return ThroughputWindow.newBuilder()
        .setResourceId(of.resourceId())
        .setKind(of.kind())
        .setService(of.service())
        .setTier(of.tier())
        .setStartsAt(Instant.ofEpochMilli(window.startsAt()))
        .setEndsAt(Instant.ofEpochMilli(window.endsAt()))
        .setSizeMs(window.sizeMs())
        .setLatestAt(Instant.ofEpochMilli(tally.latestAt))
        .setIsFinal(isFinal)
        .setMembers(members)
        .setCoveredMs(tally.coveredMs)
        .setRequestsPerSecond(
            new Flow(requests(tally), mean, Math.max(mean, tally.highestPerSecond)))
        .build();
  }

  private static long requests(Tally tally) {
    return Math.round((double) tally.requests / Tally.PER_REQUEST);
  }

  private static Double errorPercent(Tally tally) {
    if (tally.requests > 0) {
      return Math.min(PERCENT, PERCENT * tally.errors / tally.requests);
    }
    return tally.errorShares.isEmpty() ? null : (Double) (PERCENT * tally.errorShares.mean());
  }

  private static Double quantile(Tally tally, double fraction) {
    return tally.spread.isEmpty() ? null : (Double) tally.spread.quantile(fraction);
  }

  private static double millis(double us) {
    return us / Durations.US_PER_MS;
  }
}
