package io.tocsin.alerting.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelReaderTest {

  private static final Instant FROM = Instant.parse("2014-02-26T13:45:00Z");
  private static final Instant TO = Instant.parse("2014-02-27T06:25:00Z");

  @TempDir Path directory;

  @Test
  void readsWindowsByResource() throws Exception {
    Files.writeString(
        directory.resolve("w.json"),
        "{\"real/a.csv\": [[\"2014-02-26 13:45:00.000000\", \"2014-02-27 06:25:00.000000\"]],"
            + " \"real/b.csv\": []}");
    LabelSource source =
        new LabelSource("w.json", new NameFrom(null, "real/(.+)\\.csv"), null, null, null);

    assertThat(LabelReader.read(source, directory))
        .containsExactly(new Label("a", FROM, TO, "anomaly"));
  }

  @Test
  void readsATable() throws Exception {
    Files.writeString(
        directory.resolve("l.csv"),
        "onset,end,pod,what\n2014-02-26 13:45:00,2014-02-27 06:25:00,web-1,CPU\n");
    LabelSource source =
        new LabelSource("l.csv", new NameFrom("pod", null), "onset", "end", "what");

    assertThat(LabelReader.read(source, directory))
        .containsExactly(new Label("web-1", FROM, TO, "CPU"));
  }

  @Test
  void aLabelThatCannotBeReadIsAnErrorWithItsPlace() throws Exception {
    Files.writeString(
        directory.resolve("l.csv"),
        "onset,end,pod\n2014-02-26 13:45:00,never,a\n2014-02-26 13:45:00,2014-02-25 13:45:00,b\n");
    LabelSource source = new LabelSource("l.csv", new NameFrom("pod", null), "onset", "end", null);

    assertThatThrownBy(() -> LabelReader.read(source, directory))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("l.csv:2: needs a resource")
        .hasMessageContaining("l.csv:3: needs a resource");
  }
}
