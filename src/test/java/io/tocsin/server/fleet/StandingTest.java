package io.tocsin.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Health;
import io.tocsin.schemas.Priority;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.WithNull;
import org.junit.jupiter.api.Test;

class StandingTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void theWorstThatHoldsIsWhatCounts() {
    assertThat(Standing.of(Health.UP, false, false, null)).isEqualTo(Standing.OK);
    assertThat(Standing.of(null, false, false, null)).isEqualTo(Standing.OK);
    assertThat(Standing.of(Health.UNKNOWN, false, false, null)).isEqualTo(Standing.UNKNOWN);
    assertThat(Standing.of(Health.UNKNOWN, false, true, null)).isEqualTo(Standing.BOTTLENECK);
    assertThat(Standing.of(Health.DOWN, false, true, null)).isEqualTo(Standing.DOWN);
    assertThat(Standing.of(Health.UP, false, true, Priority.P3)).isEqualTo(Standing.P3);
    assertThat(Standing.of(Health.UP, true, true, Priority.P0)).isEqualTo(Standing.P0);
  }

  @Test
  void whatASilentResourceSaidLastCountsNoMore() {
    assertThat(Standing.of(Health.UP, true, false, null)).isEqualTo(Standing.UNKNOWN);
    assertThat(Standing.of(Health.DOWN, true, true, null)).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void aResourceIsSilentAfterThreeOfItsIntervalsAndTheWayThroughTheStreams() {
    assertThat(Standing.isSilent(1_000, NOON, NOON.plusMillis(5_000))).isFalse();
    assertThat(Standing.isSilent(1_000, NOON, NOON.plusMillis(5_001))).isTrue();
    assertThat(Standing.isSilent(1_000, null, NOON)).isTrue();
    assertThat(Standing.isSilent(0, null, NOON)).isFalse();
  }

  @Property
  void aClockThatIsAheadMakesNothingSilent(
      @ForAll @LongRange(min = 1, max = 86_400_000) long intervalMs,
      @ForAll @LongRange(min = 0, max = 86_400_000) long aheadMs) {
    assertThat(Standing.isSilent(intervalMs, NOON.plusMillis(aheadMs), NOON)).isFalse();
  }

  @Property
  void nothingButAnIncidentIsWorseThanDown(
      @ForAll @WithNull Health health, @ForAll boolean silent, @ForAll boolean isShort) {
    assertThat(Standing.of(health, silent, isShort, null)).isLessThanOrEqualTo(Standing.DOWN);
  }
}
