package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.Examples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterHistoryTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TestingStore store = new TestingStore();
  private final SetClock clock = new SetClock();
  private final List<Instant> minutes = new ArrayList<>();
  private final MeterHistory history =
      new MeterHistory(registry, store, "tocsin/up", clock, minutes::add);

  @Test
  void ofACounterTheIncreaseAMinuteIsKept() {
    Counter samples = registry.counter("tocsin.streams.samples");
    samples.increment(1_000);
    tick(0);
    samples.increment(50);
    tick(30);

    assertThat(store.lines("samples")).hasSize(1);
    assertThat(store.lines("samples").get(0))
        .startsWith("meters,resource=tocsin/up,kind=UNSPECIFIED,meter=samples,name=samples ")
        .contains("meter_value_mean=100.0", "meter_value_max=100.0")
        .endsWith(" " + Examples.NOON.getEpochSecond() + "000000000");
  }

  @Test
  void aCounterThatIsNewHasGrownFromNothing() {
    tick(0);
    registry.counter("tocsin.healing.results", "reason", "succeeded").increment();
    tick(30);

    assertThat(store.lines("healing").get(0))
        .contains(",meter=healing/succeeded,name=healing,key=succeeded ", "meter_value_mean=2.0");
  }

  @Test
  void aMinuteIsTheMeanAndTheHighestOfItsHalves() {
    Counter samples = registry.counter("tocsin.streams.samples");
    tick(0);
    samples.increment(10);
    tick(30);
    samples.increment(30);
    tick(60);

    assertThat(store.lines("samples")).hasSize(3);
    assertThat(store.lines("samples").get(2))
        .startsWith("meters_1m,")
        .contains("meter_value_mean=40.0", "meter_value_max=60.0")
        .endsWith(" " + Examples.NOON.getEpochSecond() + "000000000");
    assertThat(minutes).containsExactly(Examples.NOON);
  }

  @Test
  void metersThatDifferInWhatNobodyAsksForAreAddedUp() {
    tick(0);
    for (String channel : List.of("mail", "pager")) {
      registry
          .counter("tocsin.notify.deliveries", "channel", channel, "state", "delivered")
          .increment(2);
    }
    tick(30);

    assertThat(store.lines("deliveries")).hasSize(1);
    assertThat(store.lines("deliveries").get(0)).contains("key=delivered ", "meter_value_mean=8.0");
  }

  @Test
  void keysBeyondTheBoundAreAddedUpAndOtherMetersAreLeftOut() {
    registry.counter("tocsin.somebody.elses").increment();
    tick(0);
    for (int i = 0; i < OwnMeter.MOST_KEYS + 5; i++) {
      registry.counter("tocsin.streams.refused", "reason", "r" + i).increment();
    }
    tick(30);

    assertThat(store.lines("refused")).hasSize(OwnMeter.MOST_KEYS + 1);
    assertThat(store.lines("refused"))
        .filteredOn(line -> line.contains("key=others "))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("meter_value_mean=10.0"));
    assertThat(store.lines).noneMatch(line -> line.contains("somebody"));
  }

  @Test
  void isDueTwiceAMinute() {
    assertThat(history.isDue()).isTrue();
    tick(0);
    clock.now = Examples.NOON.plusSeconds(29);
    assertThat(history.isDue()).isFalse();
    clock.now = Examples.NOON.plusSeconds(30);
    assertThat(history.isDue()).isTrue();
  }

  @Test
  void whatTheStoreDoesNotTakeIsCounted() {
    registry.counter("tocsin.streams.samples");
    tick(0);
    store.answer = new PointStore.Answer.Unavailable("it is away", Duration.ZERO);
    tick(30);

    assertThat(registry.counter("tocsin.recorder.meters", "outcome", "lost").count()).isOne();
  }

  private void tick(long seconds) {
    clock.now = Examples.NOON.plusSeconds(seconds);
    history.write();
  }

  private static final class TestingStore implements PointStore {
    private final List<String> lines = new ArrayList<>();
    private Answer answer = new Answer.Stored();

    @Override
    public Answer write(List<String> written) {
      lines.addAll(written);
      return answer;
    }

    private List<String> lines(String name) {
      return lines.stream().filter(line -> line.contains(",name=" + name)).toList();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static final class SetClock extends Clock {
    private Instant now = Examples.NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
