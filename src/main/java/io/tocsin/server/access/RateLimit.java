package io.tocsin.server.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often each caller may ask: a bucket of tokens that fills at a steady rate. Bounded: of
 * callers that have been quiet the longest nothing is known any more. Thread-safe.
 */
public final class RateLimit {

  static final int CALLERS_KEPT = 10_000;

  private final long refill;
  private final Duration per;
  private final long burst;
  private final TimeMeter time;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > CALLERS_KEPT;
        }
      };

  /**
   * A limit of so many in a time.
   *
   * @param burst so many at once, after a time without any
   */
  public RateLimit(long refill, Duration per, long burst, Clock clock) {
    this.refill = refill;
    this.per = per;
    this.burst = burst;
    this.time = new Elapsed(clock);
  }

  /** Time that never goes back: with a clock that is set back nobody could ask for as long. */
  private static final class Elapsed implements TimeMeter {
    private final Clock clock;
    private Instant seen;
    private long nanos;

    Elapsed(Clock clock) {
      this.clock = clock;
      this.seen = clock.instant();
    }

    @Override
    public synchronized long currentTimeNanos() {
      Instant now = clock.instant();
      if (now.isAfter(seen)) {
        nanos += Duration.between(seen, now).toNanos();
      }
      seen = now;
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /** Takes one; if there is none left, says how long until there is. */
  public Optional<Duration> take(String caller) {
    Bucket bucket;
    synchronized (buckets) {
      bucket = buckets.computeIfAbsent(caller, each -> fresh());
    }
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  private Bucket fresh() {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(limit -> limit.capacity(burst).refillGreedy(refill, per))
        .build();
  }
}
