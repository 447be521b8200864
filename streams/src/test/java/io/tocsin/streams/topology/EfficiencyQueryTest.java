package io.tocsin.streams.topology;

import static io.tocsin.streams.window.HostSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Window;
import io.tocsin.streams.window.HostSamples;
import io.tocsin.streams.window.HostSamples.Load;
import io.tocsin.streams.window.ResourceState;
import io.tocsin.streams.window.WindowSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EfficiencyQueryTest {

  @TempDir Path stateDir;

  @Test
  void openWindowsAreToldWithAllThatHasArrivedAndStayOpen() {
    try (StreamsFixture streams = new StreamsFixture(stateDir, NOON)) {
      streams.live(new HostSamples("host/web-1", NOON).seconds(13, Load.cpu(40)));
      ResourceWindows answer = read(streams);
      assertThat(answer.resourceId()).isEqualTo("host/web-1");
      assertThat(answer.newestAt()).isEqualTo(NOON.plusSeconds(13));
      assertThat(answer.arrivedAt()).isEqualTo(NOON.plusSeconds(13));
      // at 12:00:13 with 5 s of grace, two windows of ten seconds are open
      assertThat(answer.windows())
          .extracting(Window::getSizeMs)
          .containsExactly(10_000L, 10_000L, 60_000L, 300_000L);
      assertThat(answer.windows()).extracting(Window::getIntervals).containsExactly(8, 4, 12, 12);
      assertThat(answer.windows()).noneMatch(Window::getIsFinal);
      assertThat(read(streams)).isEqualTo(answer);
    }
  }

  private static ResourceWindows read(StreamsFixture streams) {
    ResourceState state =
        ResourceStore.load(
                "host/web-1",
                streams.driver.<Bytes, byte[]>getKeyValueStore(EfficiencyTopology.SNAPSHOTS)::get,
                streams.driver.<Bytes, byte[]>getKeyValueStore(EfficiencyTopology.ROWS)::get,
                WindowSettings.defaults().withSpread(Duration.ZERO))
            .orElseThrow();
    return new EfficiencyQuery(WindowSettings.defaults().withSpread(Duration.ZERO))
        .windows("host/web-1", state);
  }
}
