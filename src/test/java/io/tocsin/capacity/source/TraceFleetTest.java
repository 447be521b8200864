package io.tocsin.capacity.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.capacity.CapacityException;
import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFleetTest {

  private static final String HEAD =
      "Timestamp [ms];\tCPU cores;\tCPU usage [%];\tMemory capacity provisioned [KB];"
          + "\tMemory usage [KB]\n";

  @TempDir private Path trace;

  @Test
  void dirtyRowsAreCountedAndTheRestIsUsed() throws Exception {
    Files.writeString(
        trace.resolve("7.csv"),
        HEAD
            + "1375308300;\t4;\t10;\t1000;\t100\n"
            + "1375308300;\t4;\t30;\t1000;\t100\n" // again
            + "1375308900;\t4;\t50;\t500;\t100\n" // a gap before, and a balloon
            + "1375308600x;\t4;\t20;\t1000;\t100\n" // no time
            + "1375308000;\t4;\t105;\t1000;\t100\n"); // out of order, more than all

    Fleet fleet = TraceFleet.read(trace, null);

    ResourceSeries vm = fleet.resources().get(0);
    assertThat(vm.id()).isEqualTo("vm/7");
    assertThat(vm.of(Figure.CPU_PERCENT)).containsExactly(105, 20, Double.NaN, 50);
    assertThat(vm.of(Figure.MEMORY_PERCENT)).containsExactly(10, 10, Double.NaN, 20);
    assertThat(vm.latest(Figure.MEMORY_BYTES)).isEqualTo(500 * 1024);
    assertThat(fleet.rejected())
        .containsEntry("repeated time (used)", 1L)
        .containsEntry("out of order (sorted)", 1L)
        .hasSize(3);
  }

  @Test
  void aColumnThatIsMissingIsNamed() throws Exception {
    Files.writeString(trace.resolve("7.csv"), "time,cpu\n1,2\n");

    assertThatThrownBy(() -> TraceFleet.read(trace, null))
        .isInstanceOf(CapacityException.class)
        .hasMessageContaining("has no column");
  }

  @Test
  void aDirectoryWithoutTablesIsSaidToHaveNone() {
    assertThatThrownBy(() -> TraceFleet.read(trace, null))
        .isInstanceOf(CapacityException.class)
        .hasMessageContaining("no file matches");
  }

  @Test
  void aMappingNamesTheColumnsOfOtherTables() throws Exception {
    Path mapping = trace.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        name: ours
        sources:
          - files: "*.csv"
            time: at
            resource: {column: who}
            service: {column: service}
            kind: CONTAINER
            fields: {cpu-percent: cpu, cores: limit, throttled-percent: held}
        """);
    Files.writeString(
        trace.resolve("a.csv"), "at,who,service,cpu,limit,held\n1375308300,web,shop,40,0.5,7\n");

    ResourceSeries web = TraceFleet.read(trace, mapping).resources().get(0);

    assertThat(web.id()).isEqualTo("container/web");
    assertThat(web.service()).isEqualTo("shop");
    assertThat(web.of(Figure.THROTTLED_PERCENT)).containsExactly(7);
  }
}
