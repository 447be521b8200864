package io.tocsin.collectors.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.PathStatistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class BurstProperties {

  /** A burst whose probe i takes the i-th round trip; a negative one is lost. */
  private static Burst burst(List<Long> roundTrips) {
    Burst burst = new Burst(roundTrips.size());
    burst.clear();
    for (int i = 0; i < roundTrips.size(); i++) {
      burst.send(i);
      if (roundTrips.get(i) >= 0) {
        burst.receive(i, i + roundTrips.get(i));
      }
    }
    return burst;
  }

  @Property(tries = 300)
  void theFiguresAreInOrderAndAmongTheRoundTrips(
      @ForAll @Size(min = 1, max = 60)
          List<@LongRange(min = -20_000_000, max = 900_000_000) Long> trips) {
    PathStatistics figures = burst(trips).statistics(null);

    List<Long> micros = trips.stream().filter(t -> t >= 0).map(t -> t / 1_000).toList();
    assertThat(figures.getSent()).isEqualTo(trips.size());
    assertThat(figures.getReceived()).isEqualTo(micros.size());
    if (micros.isEmpty()) {
      assertThat(figures.getMinUs()).isNull();
      assertThat(figures.getP50Us()).isNull();
      return;
    }
    assertThat(micros).contains(figures.getP50Us(), figures.getP90Us(), figures.getP99Us());
    assertThat(figures.getMinUs()).isEqualTo(Collections.min(micros));
    assertThat(figures.getMaxUs()).isEqualTo(Collections.max(micros));
    assertThat(figures.getMeanUs()).isBetween(figures.getMinUs(), figures.getMaxUs());
    assertThat(
            List.of(
                figures.getMinUs(),
                figures.getP50Us(),
                figures.getP90Us(),
                figures.getP99Us(),
                figures.getMaxUs()))
        .isSorted();
    if (micros.size() > 1) {
      assertThat(figures.getJitterUs()).isBetween(0L, figures.getMaxUs() - figures.getMinUs() + 1);
    } else {
      assertThat(figures.getJitterUs()).isNull();
    }
  }

  @Property(tries = 200)
  void atLeastTheShareOfRoundTripsIsAtMostThePercentile(
      @ForAll @Size(min = 1, max = 120) List<@LongRange(min = 0, max = 1_000) Long> trips,
      @ForAll @IntRange(min = 1, max = 100) int percent) {
    long[] sorted = trips.stream().mapToLong(Long::longValue).sorted().toArray();

    long value = Burst.nearestRank(sorted, percent);

    assertThat(100L * trips.stream().filter(t -> t <= value).count())
        .isGreaterThanOrEqualTo((long) percent * trips.size());
    assertThat(100L * trips.stream().filter(t -> t < value).count())
        .isLessThan((long) percent * trips.size());
  }

  @Property(tries = 200)
  void anAnswerIsCountedOnceHoweverOftenItComes(
      @ForAll @IntRange(min = 1, max = 30) int size, @ForAll Random random) {
    Burst burst = new Burst(size);
    burst.clear();
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      burst.send(0);
      answers.addAll(Collections.nCopies(1 + random.nextInt(3), i));
    }
    Collections.shuffle(answers, random);
    for (int answer : answers) {
      burst.receive(answer, 1_000);
    }
    assertThat(burst.received()).isEqualTo(size);
    assertThat(burst.complete()).isTrue();
    assertThat(burst.lossPercent()).isZero();
    assertThat(burst.statistics(null).getReordered()).isBetween(0, size - 1);
  }

  @Property(tries = 100)
  void answersInOrderAreNotReorderedEvenWithHoles(@ForAll List<Boolean> answered) {
    Burst burst = new Burst(answered.size());
    burst.clear();
    answered.forEach(any -> burst.send(0));
    for (int i = 0; i < answered.size(); i++) {
      if (answered.get(i)) {
        burst.receive(i, i);
      }
    }
    if (!answered.isEmpty()) {
      assertThat(burst.statistics(null).getReordered()).isZero();
    }
  }
}
