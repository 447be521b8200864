package io.tocsin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Sample;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetTest {

  private static final long NOON = 1_767_268_800_000L;

  @Test
  void aSampleCarriesTwentyFivePoints() {
    Sample sample = new Fleet(1, 1).next(0, NOON);
    assertThat(SamplePoint.ALL).hasSize(25);
    assertThat(SamplePoint.ALL.stream().map(SamplePoint::name)).doesNotHaveDuplicates();
    assertThat(SamplePoint.ALL)
        .allSatisfy(point -> assertThat(point.value().applyAsDouble(sample)).isFinite());
  }

  @Test
  void machinesThatBootAreAmongThem() {
    Fleet fleet = new Fleet(7, 200);
    Set<Object> boots = new HashSet<>();
    for (int second = 0; second < 200; second++) {
      for (int machine = 0; machine < 200; machine++) {
        Sample sample = fleet.next(machine, NOON + 1_000L * second);
        boots.add(List.of(sample.getResourceId(), sample.getBootedAt()));
      }
    }
    assertThat(boots).hasSizeGreaterThan(200);
    assertThat(fleet.intervals()).isEqualTo(fleet.samples() - boots.size());
  }

  @Test
  void aPauseThatIsTooLongMakesNoInterval() {
    Fleet fleet = new Fleet(7, 1);
    fleet.next(0, NOON);
    fleet.next(0, NOON + 1_000);
    fleet.next(0, NOON + 1_000_000);
    assertThat(fleet.samples()).isEqualTo(3);
    assertThat(fleet.intervals()).isEqualTo(1);
    assertThat(fleet.newestAt()).isEqualTo(NOON + 1_000_000);
  }

  @Test
  void someMachinesAreBusyAndMostAreNot() {
    long busy = IntStream.range(0, 10_000).filter(it -> Load.of(3, it, NOON).cpu() > 0.8).count();
    assertThat(busy).isBetween(100L, 2_000L);
  }
}
