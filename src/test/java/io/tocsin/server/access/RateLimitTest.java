package io.tocsin.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.TickingClock;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  /** However somebody spreads their requests, no more pass than the rate and the burst allow. */
  @Property(tries = 200)
  void noMorePassThanBurstAndRateAllow(
      @ForAll @IntRange(min = 1, max = 20) int rate,
      @ForAll @IntRange(min = 1, max = 40) int burst,
      @ForAll int[] pausesMs) {
    TickingClock clock = new TickingClock();
    RateLimit limit = new RateLimit(rate, Duration.ofSeconds(1), burst, clock);
    long passed = 0;
    long elapsedMs = 0;
    for (int pause : pausesMs) {
      long ms = Math.floorMod(pause, 300);
      clock.advance(Duration.ofMillis(ms));
      elapsedMs += ms;
      for (int i = 0; i < 3; i++) {
        passed += limit.take("a").isEmpty() ? 1 : 0;
      }
    }
    assertThat(passed).isLessThanOrEqualTo(burst + rate * elapsedMs / 1_000 + 1);
  }

  @Test
  void whoWaitsAsLongAsIsSaidPasses() {
    TickingClock clock = new TickingClock();
    RateLimit limit = new RateLimit(2, Duration.ofSeconds(1), 1, clock);
    assertThat(limit.take("a")).isEmpty();
    Duration wait = limit.take("a").orElseThrow();
    assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMillis(500));
    clock.advance(wait);
    assertThat(limit.take("a")).isEmpty();
  }

  @Test
  void manyCallersDoNotFillTheMemoryAndTheBusyOnesStayKnown() {
    TickingClock clock = new TickingClock();
    RateLimit limit = new RateLimit(1, Duration.ofHours(1), 1, clock);
    assertThat(limit.take("busy")).isEmpty();
    for (int i = 0; i < 3 * RateLimit.CALLERS_KEPT; i++) {
      assertThat(limit.take("caller-" + i)).isEmpty();
      if (i % 1_000 == 0) {
        assertThat(limit.take("busy")).isPresent();
      }
    }
  }

  @Test
  void aClockThatGoesBackLocksNobodyOut() {
    TickingClock clock = new TickingClock();
    RateLimit limit = new RateLimit(1, Duration.ofSeconds(1), 1, clock);
    assertThat(limit.take("a")).isEmpty();
    clock.advance(Duration.ofHours(-1));
    limit.take("a");
    clock.advance(Duration.ofSeconds(2));
    assertThat(limit.take("a")).isEmpty();
  }
}
