package io.tocsin.alerting.healing.fleet;

import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.SHOP;
import static io.tocsin.alerting.healing.HealExamples.probe;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Health;
import org.junit.jupiter.api.Test;

class SightingsTest {

  private final Sightings sightings = new Sightings();

  private Sightings.Taken see(String agent, Health health, int ms) {
    return sightings.accept(probe(SHOP, agent, health, NOON.plusMillis(ms)), NOON);
  }

  @Test
  void everyAgentHasOneVoice() {
    see("a", Health.DOWN, 0);
    see("b", Health.UP, 0);
    see("c", Health.UNKNOWN, 0);
    see("d", Health.DOWN, -60_000);
    see("a", Health.DOWN, 1);
    Reading reading = sightings.reading(SHOP, NOON);
    assertThat(reading).isEqualTo(new Reading(1, 1, 1, 1, true, NOON.plusMillis(1)));
    assertThat(reading.agents()).isEqualTo(4);
    assertThat(reading.isUnwell()).isTrue();
  }

  @Test
  void whoHasNotLookedSinceItWentDownContradictsNobody() {
    see("b", Health.UP, -500);
    see("a", Health.DOWN, -400);
    see("a", Health.DOWN, 0);
    assertThat(sightings.reading(SHOP, NOON).contradicted()).isFalse();
    see("b", Health.UP, -300);
    assertThat(sightings.reading(SHOP, NOON).contradicted()).isTrue();
  }

  @Test
  void lateOnesAndThoseFromTheFutureAreNotTaken() {
    assertThat(see("a", Health.UP, 0)).isEqualTo(Sightings.Taken.NEWEST);
    assertThat(see("a", Health.DOWN, 0)).isEqualTo(Sightings.Taken.LATE);
    assertThat(see("b", Health.DOWN, -1)).isEqualTo(Sightings.Taken.NEWEST);
    assertThat(see("a", Health.DOWN, 60_001)).isEqualTo(Sightings.Taken.FUTURE);
  }

  @Test
  void agentsWithoutEndAreNotTaken() {
    for (int agent = 0; agent < 50; agent++) {
      see("agent-" + agent, Health.DOWN, 0);
    }
    assertThat(see("one-more", Health.DOWN, 0)).isEqualTo(Sightings.Taken.TOO_MANY);
    assertThat(see("agent-3", Health.DOWN, 1)).isEqualTo(Sightings.Taken.NEWEST);
  }

  @Test
  void whatNobodyLooksAtAnyMoreIsForgotten() {
    see("a", Health.UP, 0);
    sightings.forgetBefore(NOON.plusMillis(1));
    assertThat(sightings.isProbed(SHOP)).isFalse();
  }
}
