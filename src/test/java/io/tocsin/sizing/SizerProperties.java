package io.tocsin.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.Comparator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class SizerProperties {

  private static final Sizer SIZER = new Sizer(Figures.shipped());

  private static Demand demand(long resources, long millis, int copies, int standbys) {
    return new Demand(
        resources,
        Math.max(1, resources / 20),
        Duration.ofMillis(millis),
        Duration.ofDays(1),
        copies,
        standbys,
        4,
        0.5);
  }

  private static double cores(Plan plan) {
    return plan.stages().stream().mapToDouble(StageNeed::cores).sum();
  }

  private static double disk(Plan plan) {
    return plan.stages().stream().mapToDouble(StageNeed::diskBytes).sum();
  }

  @Property(tries = 200)
  void moreToWatchNeverNeedsLess(
      @ForAll @LongRange(min = 1, max = 5_000_000) long resources,
      @ForAll @LongRange(min = 100, max = 60_000) long millis,
      @ForAll @IntRange(min = 1, max = 5) int copies,
      @ForAll @IntRange(min = 0, max = 2) int standbys) {
    Plan less = SIZER.plan(demand(resources, millis, copies, standbys));
    Plan more = SIZER.plan(demand(2 * resources, millis, copies, standbys));

    assertThat(cores(more)).isGreaterThanOrEqualTo(cores(less));
    assertThat(disk(more)).isGreaterThan(disk(less));
    assertThat(more.partitions()).isGreaterThanOrEqualTo(less.partitions());
    for (int i = 0; i < less.stages().size(); i++) {
      assertThat(more.stages().get(i).instances())
          .isGreaterThanOrEqualTo(less.stages().get(i).instances());
    }
  }

  @Property(tries = 100)
  void whatOneCoreDoesIsNeverPlannedTwice(
      @ForAll @LongRange(min = 1, max = 5_000_000) long resources,
      @ForAll @LongRange(min = 100, max = 60_000) long millis) {
    Demand demand = demand(resources, millis, 3, 1);

    for (StageNeed need : SIZER.plan(demand).stages()) {
      if (!need.stage().equals("store") && !need.stage().equals("console")) {
        assertThat(need.instances() * 4.0).as(need.stage()).isGreaterThanOrEqualTo(need.cores());
      }
    }
  }

  @Property(tries = 100)
  void threeCopiesTakeThreeTimesTheDisk(
      @ForAll @LongRange(min = 1, max = 5_000_000) long resources) {
    double one = brokers(SIZER.plan(demand(resources, 1_000, 1, 0))).diskBytes();
    double three = brokers(SIZER.plan(demand(resources, 1_000, 3, 0))).diskBytes();

    assertThat(three).isCloseTo(3 * one, withinPercentage(0.01));
  }

  @Property(tries = 50)
  void whatGivesWayFirstStandsFirst(@ForAll @LongRange(min = 100, max = 60_000) long millis) {
    assertThat(SIZER.plan(demand(1_000, millis, 3, 1)).limits())
        .isSortedAccordingTo(Comparator.comparingLong(Limit::resources))
        .allSatisfy(limit -> assertThat(limit.resources()).isPositive());
  }

  private static StageNeed brokers(Plan plan) {
    return plan.stages().stream()
        .filter(need -> need.stage().equals("brokers"))
        .findFirst()
        .orElseThrow();
  }
}
