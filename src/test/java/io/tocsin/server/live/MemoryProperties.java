package io.tocsin.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MemoryProperties {

  @Property(tries = 200)
  void whoComesBackHearsAllThatCameAfterOrIsToldToAskForEverything(
      @ForAll @IntRange(min = 0, max = 5_000) int told,
      @ForAll @IntRange(min = 0, max = 6_000) int heard) {
    Memory memory = new Memory();
    for (int i = 1; i <= told; i++) {
      memory.add(new Event(i, Areas.INCIDENTS, "incident", "{}"));
    }

    var missed = memory.after(heard);

    boolean remembered = heard <= told && told - heard <= Memory.MOST_EVENTS;
    assertThat(missed.isPresent()).isEqualTo(remembered);
    missed.ifPresent(
        events -> {
          assertThat(events).hasSize(told - heard);
          assertThat(events.stream().map(Event::number).toList())
              .isEqualTo(numbers(heard + 1, told));
        });
  }

  @Property(tries = 20)
  void longEventsPushOutOldOnes(@ForAll @IntRange(min = 1, max = 40) int told) {
    Memory memory = new Memory();
    String json = "x".repeat(1_000_000);
    for (int i = 1; i <= told; i++) {
      memory.add(new Event(i, Areas.FLEET, "fleet", json));
    }

    assertThat(memory.after(Math.max(0, told - 4))).isPresent();
    assertThat(memory.after(told - 5).isPresent()).isFalse();
  }

  private static List<Long> numbers(int from, int to) {
    return java.util.stream.LongStream.rangeClosed(from, to).boxed().toList();
  }
}
