package io.tocsin.bench.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreachScheduleTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void fiveEndpointsAndTwoMachinesBreakEachSecond() {
    List<Breach> breaches = BreachSchedule.of(new WatchedFleet(1, 10_000), MINUTE, 1);
    assertThat(breaches).filteredOn(breach -> breach.way() == Way.HEALTH).hasSize(300);
    assertThat(breaches).filteredOn(breach -> breach.way() == Way.CPU).hasSize(120);
    assertThat(breaches).isSortedAccordingTo(Comparator.comparingLong(Breach::fromMs));
    assertThat(breaches).allMatch(breach -> breach.fromMs() >= 0 && breach.fromMs() < 60_000);
  }

  @Test
  void nothingBreaksTwiceNorBesideAnother() {
    List<Breach> breaches = BreachSchedule.of(new WatchedFleet(1, 10_000), MINUTE, 1);
    assertThat(breaches.stream().map(breach -> breach.resourceId().replaceAll("\\D", "")))
        .hasSize(420);
    assertThat(breaches.stream().map(Breach::resourceId)).doesNotHaveDuplicates();
    assertThat(breaches)
        .noneMatch(breach -> breach.resourceId().equals(new WatchedFleet(1, 10).endpoint(0)));
  }

  @Test
  void aSmallFleetBreaksLessOften() {
    List<Breach> breaches = BreachSchedule.of(new WatchedFleet(1, 500), MINUTE, 1);
    assertThat(breaches).hasSizeBetween(40, 49);
    assertThat(breaches.stream().map(Breach::resourceId)).doesNotHaveDuplicates();
  }

  @Test
  void theSameSeedBreaksTheSame() {
    WatchedFleet fleet = new WatchedFleet(1, 1_000);
    assertThat(BreachSchedule.of(fleet, MINUTE, 5)).isEqualTo(BreachSchedule.of(fleet, MINUTE, 5));
    assertThat(BreachSchedule.of(fleet, MINUTE, 6))
        .isNotEqualTo(BreachSchedule.of(fleet, MINUTE, 5));
  }
}
