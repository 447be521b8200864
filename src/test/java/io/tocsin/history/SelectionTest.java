package io.tocsin.history;

import static io.tocsin.history.Selection.Reason.OVERTAKEN;
import static io.tocsin.history.Selection.Reason.UPDATE;
import static io.tocsin.history.Selection.Reason.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private final Selection selection = new Selection(Clock.fixed(Examples.NOON, ZoneOffset.UTC));

  private static Received<?> window(String resource, long sizeMs, boolean isFinal) {
    return new Received<>(
        Topics.WINDOWS,
        Window.newBuilder()
            .setResourceId(resource)
            .setKind(ResourceKind.HOST)
            .setStartsAt(Examples.NOON)
            .setEndsAt(Examples.NOON.plusMillis(sizeMs))
            .setSizeMs(sizeMs)
            .setLatestAt(Examples.NOON)
            .setIsFinal(isFinal)
            .setIntervals(1)
            .build(),
        null);
  }

  @Test
  void ofTheUpdatesOfAWindowOnlyTheNewestIsWritten() {
    assertThat(
            selection.of(
                List.of(
                    window("a", 10_000, false),
                    window("b", 10_000, false),
                    window("a", 10_000, false),
                    window("a", 60_000, false),
                    window("b", 10_000, true),
                    window("b", 60_000, true))))
        .containsExactly(OVERTAKEN, OVERTAKEN, WRITTEN, UPDATE, WRITTEN, WRITTEN);
  }

  @Test
  void ofALargeFleetOnlyThatManyUpdatesAreWrittenButEveryFinalWindow() {
    List<Received<?>> batch = new java.util.ArrayList<>();
    IntStream.range(0, 3_000).forEach(each -> batch.add(window("r" + each, 10_000, false)));
    IntStream.range(0, 3_000).forEach(each -> batch.add(window("f" + each, 10_000, true)));
    Selection.Reason[] reasons = selection.of(batch);
    assertThat(Arrays.stream(reasons, 0, 3_000).filter(each -> each == WRITTEN)).hasSize(1_000);
    assertThat(Arrays.stream(reasons, 3_000, 6_000)).containsOnly(WRITTEN);
  }
}
