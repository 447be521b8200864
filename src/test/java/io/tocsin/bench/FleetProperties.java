package io.tocsin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Sample;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FleetProperties {

  private static final long NOON = 1_767_268_800_000L;

  @Property(tries = 50)
  void theSameSeedGivesTheSameSamples(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int size) {
    assertThat(seconds(new Fleet(seed, size), 30)).isEqualTo(seconds(new Fleet(seed, size), 30));
  }

  @Property(tries = 50)
  void anotherSeedGivesOthers(@ForAll long seed) {
    assertThat(seconds(new Fleet(seed, 3), 5)).isNotEqualTo(seconds(new Fleet(seed + 1, 3), 5));
  }

  @Property(tries = 20)
  void countersGoBackOnlyWhenTheMachineBoots(@ForAll long seed) {
    Fleet fleet = new Fleet(seed, 1);
    Sample before = fleet.next(0, NOON);
    for (int second = 1; second < 5_000; second++) {
      Sample sample = fleet.next(0, NOON + 1_000L * second);
      boolean booted = !sample.getBootedAt().equals(before.getBootedAt());
      for (SamplePoint point : SamplePoint.ALL) {
        double grown = point.value().applyAsDouble(sample) - point.value().applyAsDouble(before);
        assertThat(!point.isCounter() || booted || grown >= 0).as(point.name()).isTrue();
      }
      assertThat(sample.getOrigin().getSequence())
          .isEqualTo(booted ? 0 : before.getOrigin().getSequence() + 1);
      before = sample;
    }
  }

  @Property(tries = 20)
  void loadsArePlausible(
      @ForAll long seed, @ForAll @IntRange(max = 100_000) int resource, @ForAll @IntRange int at) {
    Load load = Load.of(seed, resource, Math.abs((long) at));
    assertThat(load.cpu()).isBetween(0.0, 1.0);
    assertThat(load.memory()).isBetween(0.0, 1.0);
    assertThat(load.network()).isBetween(0.0, 1.0);
    assertThat(load.stalled()).isBetween(0.0, 1.0);
    assertThat(load.operations()).isBetween(0.0, 1_500.0);
  }

  private static List<Sample> seconds(Fleet fleet, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int second = 0; second < count; second++) {
      for (int machine = 0; machine < fleet.size(); machine++) {
        samples.add(fleet.next(machine, NOON + 1_000L * second));
      }
    }
    return samples;
  }
}
