package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.schemas.exchange.Received;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchWriterTest {

  /** Says first what it is told to, then takes everything but what is poison. */
  private static final class Store implements PointStore {
    final Deque<Answer> answers = new ArrayDeque<>();
    final Set<String> poison = new HashSet<>();
    final Set<String> stored = new HashSet<>();
    int requests;

    @Override
    public Answer write(List<String> lines) {
      requests++;
      if (!answers.isEmpty()) {
        return answers.pop();
      }
      if (!Collections.disjoint(lines, poison)) {
        // some stores keep the others of a refused request
        stored.addAll(lines.subList(0, lines.size() / 3));
        stored.removeAll(poison);
        return new Answer.Refused("400 bad");
      }
      stored.addAll(lines);
      return new Answer.Stored();
    }

    @Override
    public void close() {}
  }

  private final Store store = new Store();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<String> givenUp = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private boolean stopped;
  private final BatchWriter writer =
      new BatchWriter(
          store,
          (Received<?> record, String reason) -> givenUp.add(reason),
          within -> {
            pauses.add(within);
            return stopped;
          },
          meters);

  private static List<BatchWriter.Entry> batch(int size) {
    return IntStream.range(0, size)
        .mapToObj(number -> new BatchWriter.Entry(null, "line " + number))
        .toList();
  }

  @Test
  void oneBadPointOfFiveThousandLeavesTheOthersStored() {
    store.poison.add("line 1234");
    assertThat(writer.write(batch(5_000))).isTrue();
    assertThat(store.stored).hasSize(4_999).doesNotContain("line 1234");
    assertThat(givenUp).hasSize(1);
    assertThat(store.requests).isLessThan(30);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aStoreThatIsAwayIsWaitedForLongerEachTimeOrAsLongAsItAsks() {
    store.answers.add(new PointStore.Answer.Unavailable("503", Duration.ZERO));
    store.answers.add(new PointStore.Answer.Unavailable("503", Duration.ZERO));
    store.answers.add(new PointStore.Answer.Unavailable("429", Duration.ofSeconds(7)));
    store.answers.add(new PointStore.Answer.Unavailable("429", Duration.ofDays(7)));
    assertThat(writer.write(batch(3))).isTrue();
    assertThat(pauses)
        .containsExactly(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(7),
            Duration.ofMinutes(1));
    assertThat(store.stored).hasSize(3);
    assertThat(writer.trouble()).isEmpty();
    assertThat(meters.counter("tocsin.recorder.waits").count()).isEqualTo(4);
  }

  @Test
  void aStopWhileTheStoreIsAwaySaysThatNothingWasStored() {
    stopped = true;
    store.answers.add(new PointStore.Answer.Unavailable("401 no", Duration.ZERO));
    assertThat(writer.write(batch(3))).isFalse();
    assertThat(writer.trouble()).hasValueSatisfying(words -> assertThat(words).contains("401 no"));
  }

  @Test
  void aStoreThatRefusesEverythingIsNotFedToTheDeadLettersAtFullSpeed() {
    batch(60).forEach(entry -> store.poison.add(entry.line()));
    assertThat(writer.write(batch(60))).isTrue();
    assertThat(givenUp).hasSize(60);
    assertThat(pauses).hasSize(10);
  }
}
