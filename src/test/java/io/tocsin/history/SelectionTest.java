package io.tocsin.history;

import static io.tocsin.history.Selection.Reason.OVERTAKEN;
import static io.tocsin.history.Selection.Reason.UPDATE;
import static io.tocsin.history.Selection.Reason.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Flow;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  void bytesAndRequestsOfOneServiceDoNotOvertakeEachOther() {
    Flow flow = new Flow(10L, 1.0, 1.0);
    ThroughputWindow.Builder shop =
        ThroughputWindow.newBuilder()
            .setResourceId("service/shop")
            .setKind(ResourceKind.SERVICE)
            .setStartsAt(Examples.NOON)
            .setEndsAt(Examples.NOON.plusSeconds(60))
            .setSizeMs(60_000)
            .setLatestAt(Examples.NOON)
            .setIsFinal(true)
            .setCoveredMs(60_000);
    ThroughputWindow bytes = ThroughputWindow.newBuilder(shop).setTxBytesPerSecond(flow).build();
    ThroughputWindow requests =
        ThroughputWindow.newBuilder(shop).setRequestsPerSecond(flow).build();
    assertThat(
            selection.of(Stream.of(bytes, requests, bytes).map(SelectionTest::throughput).toList()))
        .containsExactly(OVERTAKEN, WRITTEN, WRITTEN);
  }

  private static Received<?> throughput(ThroughputWindow window) {
    return new Received<>(Topics.THROUGHPUTS, window, null);
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
