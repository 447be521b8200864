package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PointsTest {

  @Test
  void identifiesAWindowByResourceSizeAndStart() {
    String line = WindowPoints.window(window("host/web-1")).orElseThrow();

    assertThat(line)
        .startsWith("windows,resource=host/web-1,kind=HOST final=t,")
        .contains("cpu_percent_mean=12.5", "efficiency=0.75")
        .doesNotContain("memory_percent")
        .endsWith(" " + Examples.NOON.getEpochSecond() + "000000000");
  }

  @Test
  void aTrailingBackslashDoesNotSwallowTheSeparator() {
    assertThat(WindowPoints.window(window("C:\\")).orElseThrow())
        .contains("resource=C:/,kind=HOST ");
  }

  @Test
  void windowsThatNoTierKeepsHaveNoPoint() {
    Window five = window("host/web-1");
    five.setSizeMs(300_000);
    assertThat(WindowPoints.window(five)).isEmpty();
    five.setSizeMs(60_000);
    assertThat(WindowPoints.window(five).orElseThrow()).startsWith("windows_1m,");
  }

  @Property
  void anyResourceIdLeavesOneLineWithItsTagsAndFields(@ForAll String id) {
    String line = WindowPoints.window(window("r" + id)).orElseThrow();

    assertThat(line).doesNotContainPattern("\\p{Cntrl}").contains(",kind=HOST ", "efficiency=0.75");
  }

  private static Window window(String resource) {
    return Window.newBuilder()
        .setResourceId(resource)
        .setKind(ResourceKind.HOST)
        .setStartsAt(Examples.NOON)
        .setEndsAt(Examples.NOON.plusSeconds(10))
        .setSizeMs(10_000)
        .setLatestAt(Examples.NOON.plusSeconds(9))
        .setIsFinal(true)
        .setIntervals(10)
        .setCpuPercent(new Figure(12.5, 20.0, 12.0, 19.0, 20.0))
        .setEfficiency(0.75)
        .build();
  }
}
