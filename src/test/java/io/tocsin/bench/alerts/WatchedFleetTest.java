package io.tocsin.bench.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedFleetTest {

  private static final long NOON = 1_767_268_800_000L;

  @Test
  void theInventoryHasEachMachineAndEndpointOnce() {
    WatchedFleet fleet = new WatchedFleet(1, 100);
    List<Resource> inventory = fleet.inventory(Instant.EPOCH);
    assertThat(inventory.stream().map(Resource::getId)).hasSize(110).doesNotHaveDuplicates();
    assertThat(inventory.get(100).getParent()).isEqualTo(fleet.machineOf(0));
  }

  @Test
  void onlyABreachUsesAllOfTheCpu() {
    WatchedFleet fleet = new WatchedFleet(3, 200);
    double calm = 0;
    for (int number = 0; number < 200; number++) {
      CpuSample before = fleet.sample(number, NOON, false).getCpu();
      calm = Math.max(calm, used(before, fleet.sample(number, NOON + 1_000, false)));
    }
    CpuSample before = fleet.sample(0, NOON + 2_000, false).getCpu();
    double breach = used(before, fleet.sample(0, NOON + 3_000, true));
    assertThat(calm).isLessThan(WatchedFleet.BREACH_PERCENT - 5);
    assertThat(breach).isGreaterThan(WatchedFleet.BREACH_PERCENT + 3);
  }

  private static double used(CpuSample before, Sample sample) {
    CpuSample after = sample.getCpu();
    double used =
        after.getUserUs() - before.getUserUs() + after.getSystemUs() - before.getSystemUs();
    return 100 * used / (after.getCores() * 1e6);
  }

  @Test
  void aProbeSaysWhetherItsEndpointBroke() {
    WatchedFleet fleet = new WatchedFleet(1, 100);
    assertThat(fleet.probe(4, NOON, true).getHealth()).isEqualTo(Health.DOWN);
    assertThat(fleet.probe(4, NOON + 1_000, false).getHealth()).isEqualTo(Health.UP);
    assertThat(fleet.probe(4, NOON + 2_000, false).getOrigin().getSequence()).isEqualTo(2);
  }
}
