package io.tocsin.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointHealthTest {

  private static final Instant NOON = Examples.NOON;

  @Test
  void countsOnlyEndpointsThatAreKnownToBeUpOrDown() {
    List<EndpointHealth> endpoints =
        List.of(
            new EndpointHealth(Verdict.BAD, NOON, 3_000),
            new EndpointHealth(Verdict.GOOD, NOON.minusMillis(3_000), 3_000),
            new EndpointHealth(Verdict.GOOD, NOON.minusMillis(3_001), 3_000),
            new EndpointHealth(Verdict.UNKNOWN, NOON, 3_000));

    assertThat(EndpointHealth.share(endpoints, NOON)).isEqualTo(new Share(1, 2));
  }

  @Test
  void theWorstOfTheSameTimeAndTheNewestOtherwiseHolds() {
    EndpointHealth good = new EndpointHealth(Verdict.GOOD, NOON, 3_000);
    EndpointHealth bad = new EndpointHealth(Verdict.BAD, NOON, 3_000);
    EndpointHealth older = new EndpointHealth(Verdict.BAD, NOON.minusMillis(1), 3_000);

    assertThat(bad.replaces(good)).isTrue();
    assertThat(good.replaces(bad)).isFalse();
    assertThat(older.replaces(good)).isFalse();
    assertThat(good.replaces(older)).isTrue();
  }
}
