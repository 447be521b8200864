package io.tocsin.alerting.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceReaderTest {

  @TempDir Path directory;

  @Test
  void readsFilesInOrderOfTimeAndCountsWhatIsBadByReason() throws Exception {
    write(
        "metric/web-1.csv",
        """
        time,cpu,pod
        1661140400,20,web-1
        1661140340,10,web-1
        1661140340,11,web-1
        soon,1,web-1
        1661140460,,web-1
        1661140520,NaN,web-1
        1661140580,much,web-1
        1661140640,7
        """);
    Trace trace =
        read(
            "sources: [{files: 'metric/*.csv', time: time, kind: VM,"
                + " resource: {column: pod}, service: {column: pod, pattern: '(.+)-\\d+'}, fields: {c: cpu}}]");

    assertThat(trace.rows())
        .extracting(row -> row.at().getEpochSecond() + " " + row.service() + row.fields())
        .containsExactly(
            "1661140340 web{c=10.0}", "1661140340 web{c=11.0}", "1661140400 web{c=20.0}");
    assertThat(trace.rejects())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "row without a readable time", 1L,
                "row without a resource", 1L,
                "row without a number", 3L,
                "empty cell", 1L,
                "number not finite", 1L,
                "cell not a number", 1L,
                "out of order (sorted)", 2L));
    assertThat(trace.examples().get("cell not a number")).isEqualTo("metric/web-1.csv:8");
  }

  @Test
  void readsGzippedFilesWithDoubledSeparatorsAndNamesTheResourceByTheFile() throws Exception {
    Path file = directory.resolve("41.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("Timestamp [ms];\tCPU [%]\n1375308176;\t105.5\n".getBytes(StandardCharsets.UTF_8));
    }
    Trace trace =
        read(
            "sources: [{files: '*.gz', separator: ';', time: 'Timestamp [ms]', kind: VM,"
                + " resource: {pattern: '(.+)\\.csv\\.gz'}, fields: {cpu: 'CPU [%]'}}]");

    assertThat(trace.rows())
        .containsExactly(
            new TraceRow(
                Instant.ofEpochSecond(1375308176), "41", null, "VM", Map.of("cpu", 105.5)));
  }

  @Test
  void aWideTableGivesARowForEachOfItsResources() throws Exception {
    write("edges.csv", "time,seen,a_b,a_c\n1661140340,9,0.5,\n");
    Trace trace =
        read(
            "sources: [{files: edges.csv, time: time, kind: EDGE,"
                + " melt: {columns: '(.+)_(.+)', resource: '$1>$2', field: p50}}]");

    assertThat(trace.rows()).extracting(TraceRow::resource).containsExactly("a>b");
    assertThat(trace.rejects()).containsEntry("empty cell", 1L);
  }

  @Test
  void aMissingColumnIsNamedWithThoseThereAre() throws Exception {
    write("a.csv", "time,x\n1,2\n");
    assertThatThrownBy(
            () ->
                read(
                    "sources: [{files: a.csv, time: when, kind: VM,"
                        + " resource: {}, fields: {x: x}}]"))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("a.csv:1: has no column \"when\"; it has time, x");
  }

  @Test
  void aDirectoryMayBeALinkToAnother() throws Exception {
    write("there/a.csv", "time,x\n1661140340,1\n");
    write(
        "mapping.yaml",
        "name: test\nsources: [{files: '*.csv', time: time, kind: VM, resource: {}, fields: {x: x}}]");
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("there"));

    Trace trace = TraceReader.read(TraceMapping.read(directory.resolve("mapping.yaml")), link);

    assertThat(trace.rows()).singleElement().extracting(TraceRow::resource).isEqualTo("a.csv");
  }

  @Test
  void aMappingThatMatchesNoFileIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "sources: [{files: '*.csv', time: t, kind: VM,"
                        + " resource: {}, fields: {x: x}}]"))
        .hasMessageContaining("no file matches *.csv");
  }

  @Test
  void anUnknownKeyIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> read("sources:\n  - {files: a, time: t, kind: VM, colour: red}"))
        .hasMessageContaining("mapping.yaml:3:")
        .hasMessageContaining("colour");
  }

  @Test
  void allThatMakesNoSenseIsSaidAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "sources: [{files: a, time: t, kind: VM, separator: ';;',"
                        + " service: {pattern: '('}}]"))
        .hasMessageContaining("sources[0].separator")
        .hasMessageContaining("sources[0].fields")
        .hasMessageContaining("sources[0].resource")
        .hasMessageContaining("sources[0].service.pattern");
  }

  private Trace read(String mapping) throws TraceException, IOException {
    write("mapping.yaml", "name: test\n" + mapping);
    return TraceReader.read(TraceMapping.read(directory.resolve("mapping.yaml")), directory);
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
