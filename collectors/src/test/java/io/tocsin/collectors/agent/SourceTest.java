package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.policy.Policies;
import io.tocsin.collectors.policy.PolicyConfig;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ManualTicker ticker = new ManualTicker();
  private final RecordingPublisher publisher = new RecordingPublisher();
  private final Counts counts = new Counts(meters);
  private final Outbox outbox = new MemoryOutbox(publisher, 100, counts);
  private final Inventory inventory = new Inventory();
  private final Surroundings around =
      new Surroundings(
          outbox,
          new Origins("agent-1", "boot-1"),
          new Policies(PolicyConfig.DEFAULT, 0),
          inventory,
          counts,
          Clock.fixed(Examples.NOON, ZoneOffset.UTC),
          ticker);
  private Source source;

  @AfterEach
  void letGo() {
    publisher.gate.countDown();
    outbox.close();
  }

  /** Runs passes 0 to {@code count - 1} in this thread. */
  private void run(int count, FakeCollector.Pass pass) {
    FakeCollector collector =
        new FakeCollector(
            "fake",
            SECOND,
            number -> {
              if (number == count - 1) {
                source.stop();
                Thread.interrupted();
              }
              return pass.run(number);
            });
    source = new Source(collector, false, around);
    source.run();
    assertThat(collector.closed).isEqualTo(1);
  }

  @Test
  void slowPassesDoNotAddUpToADrift() {
    run(
        100,
        number -> {
          ticker.advance(700_000_000);
          return FakeCollector.sample();
        });

    assertThat(ticker.wokenAt)
        .isEqualTo(LongStream.range(0, 100).map(n -> n * 1_000_000_000).boxed().toList());
    assertThat(meters.find("tocsin.collectors.missed").counter()).isNull();
  }

  @Test
  void ticksMissedByALongPassAreCountedAndNotMadeUpFor() {
    run(
        3,
        number -> {
          ticker.advance(number == 0 ? 2_500_000_000L : 0);
          return Reading.empty();
        });

    assertThat(ticker.wokenAt).containsExactly(0L, 3_000_000_000L, 4_000_000_000L);
    assertThat(meters.get("tocsin.collectors.missed").counter().count()).isEqualTo(2);
  }

  @Test
  void aBlockedPublisherLeavesEveryTickOnTimeAndWhatOverflowsIsCounted() {
    publisher.gate = new CountDownLatch(1);
    outbox.start();

    run(500, number -> FakeCollector.sample());

    assertThat(ticker.wokenAt).hasSize(500);
    assertThat(ticker.wokenAt.get(499)).isEqualTo(499_000_000_000L);
    double overflown =
        meters.get("tocsin.collectors.dropped").tag("reason", "overflow").counter().count();
    // 100 are queued, and the sender may hold one; resources are announced every minute.
    assertThat(overflown).isBetween(399.0, 420.0);
  }

  @Test
  void eachRecordHasItsOwnPlaceInTheSequence() {
    outbox.start();
    run(3, number -> FakeCollector.sample());

    await().until(() -> publisher.of(Sample.class).size() == 3);
    assertThat(publisher.of(Sample.class))
        .extracting(sample -> sample.getOrigin().getSequence())
        .containsExactly(0L, 1L, 2L);
    assertThat(publisher.of(Sample.class).get(0).getOrigin().getAgent()).isEqualTo("agent-1");
  }

  @Test
  void resourcesAreAnnouncedAtTheStartAndEveryMinute() {
    outbox.start();
    run(121, number -> Reading.empty());

    await().until(() -> publisher.of(Resource.class).size() == 3);
    assertThat(publisher.published).hasSize(3);
  }

  @Test
  void problemsAreCountedByReasonWhileTheRestOfTheReadingIsSent() {
    outbox.start();
    Problem problem = new Problem(Reason.TRUNCATED, "/proc/stat:1", "the line is cut short");
    run(2, number -> Reading.of(FakeCollector.sample().samples().get(0), List.of(problem)));

    assertThat(errors("truncated")).isEqualTo(2);
    assertThat(up()).isEqualTo(1);
    await().until(() -> publisher.of(Sample.class).size() == 2);
  }

  @Test
  void aFailedPassSaysDownAndTheNextOneGoesOn() {
    // Looked at outside the passes: a source takes an AssertionError for a collector's defect.
    List<Double> upBefore = new ArrayList<>();
    run(
        3,
        number -> {
          if (number == 0) {
            throw new CollectorException(Reason.MISSING, "/proc", "is not there");
          }
          upBefore.add(up());
          return Reading.empty();
        });

    assertThat(upBefore).containsExactly(0.0, 1.0);

    assertThat(errors("missing")).isEqualTo(1);
  }

  @Test
  void aDefectOfACollectorIsCountedAndDoesNotEndItsThread() {
    run(
        3,
        number -> {
          if (number == 0) {
            throw new IllegalStateException("defect");
          }
          if (number == 1) {
            throw new StackOverflowError();
          }
          return Reading.empty();
        });

    assertThat(errors("internal")).isEqualTo(2);
    assertThat(meters.get("tocsin.collectors.pass").timer().count()).isEqualTo(3);
  }

  @Test
  void aPassOverItsDeadlineIsInterruptedOnceAndCounted() {
    List<Double> seen = new ArrayList<>();
    run(
        2,
        number -> {
          if (number == 0) {
            ticker.advance(1_000_000_000);
            source.checkDeadline();
            seen.add(errors("deadline"));
            ticker.advance(1);
            source.checkDeadline();
            source.checkDeadline();
            seen.add(errors("deadline"));
            seen.add(up());
          }
          return Reading.empty();
        });

    assertThat(seen).containsExactly(0.0, 1.0, 0.0);
    source.checkDeadline();
    assertThat(errors("deadline")).as("between passes nothing is overdue").isEqualTo(1);
  }

  private double errors(String reason) {
    var counter = meters.find("tocsin.collectors.errors").tag("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }

  private double up() {
    return meters.get("tocsin.collectors.up").tag("collector", "fake").gauge().value();
  }
}
