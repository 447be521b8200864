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
    String line = Points.window(window("host/web-1")).toLineProtocol();

    assertThat(line)
        .startsWith("windows,kind=HOST,resource=host/web-1,size=10s ")
        .contains("cpu_percent_mean=12.5", "efficiency=0.75", "final=true")
        .doesNotContain("memory_percent")
        .endsWith(" " + Examples.NOON.getEpochSecond() + "000000000");
  }

  @Test
  void aTrailingBackslashDoesNotSwallowTheSeparator() {
    assertThat(Points.window(window("C:\\")).toLineProtocol()).contains("resource=C:\\_,size=10s ");
  }

  @Property
  void anyResourceIdLeavesOneLineWithItsTagsAndFields(@ForAll String id) {
    String line = Points.window(window("r" + id)).toLineProtocol();

    assertThat(line).doesNotContainPattern("\\p{Cntrl}").contains(",size=10s ", "efficiency=0.75");
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
