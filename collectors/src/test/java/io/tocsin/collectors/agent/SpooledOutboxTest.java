package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.collectors.parts.Shortest;
import io.tocsin.collectors.spool.Outgoing;
import io.tocsin.collectors.spool.SpoolConfig;
import io.tocsin.collectors.spool.SpoolException;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SpooledOutboxTest {

  private static final RuntimeException AWAY = new TimeoutException("the broker is away");

  private static final Clock CLOCK = Clock.systemUTC();

  /** For a disk that others keep busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ModelPublisher publisher = new ModelPublisher();
  private SpooledOutbox outbox;

  @BeforeEach
  void open() {
    outbox = outbox(new SpoolConfig(directory, null, null, Duration.ofMillis(10)));
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  private SpooledOutbox outbox(SpoolConfig config) {
    return new SpooledOutbox(config, publisher, CLOCK, Ticker.system(), new Counts(meters));
  }

  private void put(long from, long to) {
    for (long sequence = from; sequence < to; sequence++) {
      Probe probe = Examples.probe(Health.UP, Examples.NOON);
      probe.setOrigin(Examples.origin(sequence));
      outbox.put(Topics.PROBES, probe);
    }
  }

  /** No faster than the disk takes it, however slow that is: what outruns it is not its own. */
  private void putSteadily(long from, long to) {
    for (long sequence = from; sequence < to; sequence += 2_000) {
      long end = Math.min(to, sequence + 2_000);
      put(sequence, end);
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> outbox.fill().spooled() + dropped("spool-full") >= end - from - 2_500);
    }
  }

  private void restart() {
    outbox.close(PATIENCE);
    open();
    outbox.start();
  }

  private static List<Long> sequences(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  /** What was taken, without what was taken before. */
  private List<Long> distinct() {
    return new ArrayList<>(new LinkedHashSet<>(publisher.taken()));
  }

  private double dropped(String reason) {
    var counter = meters.find("tocsin.collectors.dropped").tag("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }

  private double droppedInAll() {
    return meters.find("tocsin.collectors.dropped").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void whileTheBrokerIsThereEachRecordIsSentOnceInOrderAndTheSpoolEmpties() {
    outbox.start();
    put(0, 5_000);
    outbox.put(new Outgoing.Removal(Topics.RESOURCES, "container/web"));

    await().until(() -> publisher.removed().size() == 1);
    assertThat(publisher.taken()).isEqualTo(sequences(0, 5_000));
    assertThat(publisher.removed()).containsExactly("container/web");
    await().atMost(PATIENCE).until(() -> outbox.fill().spooled() == 0);
    // The last one may be on its way still, though nothing is on the disk.
    await().untilAsserted(() -> assertThat(outbox.fill().queued()).isZero());
    await().untilAsserted(() -> assertThat(outbox.fill().oldestMillis()).isZero());
    assertThat(droppedInAll()).isZero();
  }

  @Test
  void tenMinutesWithoutABrokerLoseNothingAndKeepTheOrder() {
    publisher.refusal = sequence -> AWAY;
    outbox.start();
    // A hundred records a second for ten minutes.
    putSteadily(0, 60_000);
    await().atMost(PATIENCE).until(() -> outbox.fill().spooled() == 60_000);
    assertThat(outbox.fill().queued()).isGreaterThan(55_000);

    publisher.refusal = sequence -> null;
    put(60_000, 60_100);

    await().atMost(PATIENCE).until(() -> distinct().size() == 60_100);
    assertThat(distinct()).isEqualTo(sequences(0, 60_100));
    assertThat(droppedInAll()).isZero();
    await().atMost(PATIENCE).until(() -> outbox.fill().spooled() == 0);
  }

  @Test
  void aRestartDuringAnOutageLosesNothing() {
    publisher.refusal = sequence -> AWAY;
    outbox.start();
    put(0, 3_000);
    restart();
    put(3_000, 6_000);
    restart();
    publisher.refusal = sequence -> null;
    put(6_000, 6_010);

    await().atMost(PATIENCE).until(() -> distinct().size() == 6_010);
    assertThat(distinct()).isEqualTo(sequences(0, 6_010));
    assertThat(droppedInAll()).isZero();
  }

  @Test
  void whatWasQueuedBeforeTheStartIsSentAfterIt() {
    put(0, 3);
    restart();

    await().until(() -> publisher.taken().size() == 3);
  }

  @Test
  void whatWasAcknowledgedIsNotSentAgainAfterARestart() {
    outbox.start();
    put(0, 500);
    await().until(() -> publisher.taken().size() == 500);
    restart();
    put(500, 510);

    await().until(() -> publisher.taken().size() >= 510);
    assertThat(publisher.taken()).isEqualTo(sequences(0, 510));
  }

  @Test
  void afterAFailureEverythingBehindItIsSentAgainSoThatTheNewestComesLast() {
    publisher.silent = true;
    outbox.start();
    put(0, 10);
    await().until(() -> publisher.unanswered() == 10);
    publisher.silent = false;

    // The third fails, the later ones are acknowledged.
    publisher.answer(3, null);
    publisher.answer(2, AWAY);
    publisher.answer(0, null);

    await().until(() -> publisher.taken().size() == 18);
    List<Long> expected = new ArrayList<>(sequences(0, 10));
    expected.addAll(sequences(2, 10));
    assertThat(publisher.taken()).isEqualTo(expected);
    assertThat(meters.get("tocsin.collectors.repeated").counter().count()).isEqualTo(7);
    assertThat(droppedInAll()).isZero();
  }

  @Test
  void poisonIsCountedAndHoldsNobodyUp() {
    publisher.refusal = sequence -> sequence % 10 == 3 ? new RecordTooLargeException("2 MB") : null;
    outbox.start();
    put(0, 100);

    await().until(() -> publisher.taken().size() == 90);
    assertThat(publisher.taken()).isSorted().doesNotContain(3L, 13L, 93L);
    assertThat(dropped("too-large")).isEqualTo(10);
    await().until(() -> outbox.fill().spooled() == 0);
  }

  @Test
  void whatTheBrokerRefusesIsTriedAloneThreeTimesAndThenGivenUp() {
    publisher.refusal =
        sequence -> sequence == 5 ? new InvalidTimestampException("out of range") : null;
    outbox.start();
    put(0, 20);

    await().until(() -> distinct().size() == 19);
    List<Long> expected = new ArrayList<>(sequences(0, 20));
    expected.remove(5L);
    assertThat(distinct()).isEqualTo(expected);
    await().until(() -> dropped("send-failed") == 1);
    assertThat(droppedInAll()).isEqualTo(1);
    await().until(() -> outbox.fill().spooled() == 0);
  }

  @Test
  void aPublisherThatNeverAnswersIsAskedAgain() {
    ManualTicker ticker = new ManualTicker();
    Flight flight = new Flight(Duration.ofSeconds(150).toNanos());
    Parcel first = new Parcel(new Outgoing.Removal(Topics.RESOURCES, "a"), 0);
    Parcel second = new Parcel(new Outgoing.Removal(Topics.RESOURCES, "b"), 0);
    flight.launch(first, 0);
    flight.launch(second, 0);
    flight.arrived(second);
    ticker.advance(Duration.ofSeconds(150).toNanos() - 1);
    assertThat(flight.checkTimeout(ticker.nanos())).isZero();
    ticker.advance(1);

    assertThat(flight.checkTimeout(ticker.nanos())).isEqualTo(1);

    assertThat(flight.failed()).isTrue();
    assertThat(flight.outstanding()).isZero();
    assertThat(flight.turnBack()).isEqualTo(1);
    assertThat(flight.again()).isSameAs(first);
    assertThat(flight.again()).isSameAs(second);
    assertThat(flight.again()).isNull();
  }

  @Test
  void whenTheSpoolIsFullTheOldestGoAndEveryOneIsCounted() {
    outbox.close();
    outbox = outbox(new SpoolConfig(directory, 2, 1, null));
    publisher.refusal = sequence -> AWAY;
    outbox.start();
    putSteadily(0, 40_000);
    await().until(() -> outbox.fill().spoolBytes() <= 2 << 20 && dropped("spool-full") > 0);
    await().until(() -> meters.find("tocsin.collectors.sent").counter() == null);
    publisher.refusal = sequence -> null;

    await().atMost(PATIENCE).until(() -> distinct().contains(39_999L));
    await().atMost(PATIENCE).until(() -> outbox.fill().spooled() == 0);
    assertThat(distinct()).isSorted();
    assertThat(distinct().size() + dropped("spool-full")).isEqualTo(40_000);
    assertThat(droppedInAll()).isEqualTo(dropped("spool-full"));
  }

  @Test
  void itClosesInTimeWhileThePublisherIsSilentAndKeepsWhatItHas() throws Exception {
    Duration limit = Duration.ofSeconds(2);
    assertThat(Shortest.of(limit, this::closeWhileThePublisherIsSilent)).isLessThan(limit);

    publisher.silent = true;
    outbox.start();
    put(0, 100);
    await().until(() -> publisher.unanswered() == 100);
    // Longer than by itself, so that also a busy disk gets all.
    outbox.close(Duration.ofSeconds(10));

    publisher.silent = false;
    open();
    outbox.start();
    await().until(() -> publisher.taken().size() == 200);
    assertThat(droppedInAll()).isZero();
    put(100, 101);
    await().until(() -> publisher.taken().contains(100L));
  }

  /** How long that takes, with a disk and a publisher of its own. */
  private Duration closeWhileThePublisherIsSilent() throws IOException {
    ModelPublisher silent = new ModelPublisher();
    silent.silent = true;
    SpoolConfig config =
        new SpoolConfig(
            Files.createTempDirectory(directory, "silent"), null, null, Duration.ofMillis(10));
    SpooledOutbox closing =
        new SpooledOutbox(
            config, silent, CLOCK, Ticker.system(), new Counts(new SimpleMeterRegistry()));
    closing.start();
    Probe probe = Examples.probe(Health.UP, Examples.NOON);
    probe.setOrigin(Examples.origin(0));
    closing.put(Topics.PROBES, probe);
    await().until(() -> silent.unanswered() == 1);
    long began = System.nanoTime();
    closing.close();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Test
  void afterClosingWhatComesIsCounted() {
    outbox.start();
    outbox.close();
    put(0, 2);

    assertThat(dropped("closed")).isEqualTo(2);
  }

  @Test
  void theSameDirectoryTwiceIsRefused() {
    assertThatThrownBy(this::open)
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("in use by another agent");
  }
}
