package io.tocsin.collectors.app.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.collectors.app.figure.TextCache;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineProtocolTest {

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();

  @Test
  void everyPrecisionIsUnderstood() {
    assertThat(at("", 1_767_268_800_000_000_001L)).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(at("ns", -1)).isEqualTo("1969-12-31T23:59:59.999Z");
    assertThat(at("us", 1_767_268_800_000_000L)).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(at("ms", 1_767_268_800_000L)).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(at("s", 1_767_268_800L)).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(at("m", 60)).isEqualTo("1970-01-01T01:00:00Z");
    assertThat(at("h", 24)).isEqualTo("1970-01-02T00:00:00Z");
    assertThat(Precision.of("d")).isEmpty();
    assertThat(Precision.of("ms").orElseThrow().at(Long.MIN_VALUE)).isNull();
    assertThat(Precision.of("h").orElseThrow().at(Long.MAX_VALUE)).isNull();
  }

  @Test
  void aLineOverTheLimitIsNamedAndTheNextOneRead() {
    read("a value=1\nb,t=" + "x".repeat(LineProtocol.LONGEST_LINE) + " value=1\nc value=2\n");

    assertThat(figures).extracting(Figure::name).containsExactly("a", "c");
    assertThat(bad).hasSize(1);
    assertThat(bad.get(0)).startsWith("2: ");
  }

  @Test
  void aNumberThatTheLimitCutsIsNotTakenShort() {
    String start = "b,t=" + "x".repeat(LineProtocol.LONGEST_LINE - 14) + " value=1";
    read(start + "23456789\nc value=2\n");

    assertThat(figures).extracting(Figure::name).containsExactly("c");
    assertThat(bad).containsExactly("1: the line is longer than 65536 bytes");
  }

  @Test
  void aBodyThatIsSomethingElseIsGivenUp() {
    read("<html>\n".repeat(5_000));

    assertThat(bad).hasSize(LineProtocol.MOST_BAD_LINES + 1);
    assertThat(bad.get(LineProtocol.MOST_BAD_LINES))
        .isEqualTo("1001: too many bad lines; this and all that follow were not read");
  }

  @Test
  void openQuotesWithoutEndDoNotMakeItSlow() {
    read("m v=\"\\\n".repeat(1_000_000));

    assertThat(figures).isEmpty();
  }

  @Test
  void nothingIsNothing() {
    read("");
    read("\n\n  \n\r\n# comment");

    assertThat(figures).isEmpty();
    assertThat(bad).isEmpty();
  }

  @Test
  void windowsLineEndsAreNoPartOfTheLine() {
    read("a value=1\r\nb value=2 5\r\nc t=\"x\"\r\n");

    assertThat(figures).extracting(Figure::name).containsExactly("a", "b");
    assertThat(bad).isEmpty();
  }

  private String at(String precision, long timestamp) {
    Instant at = Precision.of(precision).orElseThrow().at(timestamp);
    return at.toString();
  }

  private void read(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    new LineProtocol(
            Precision.NANOSECONDS,
            new TextCache(),
            figures::add,
            (line, what) -> bad.add(line + ": " + what))
        .read(body, body.length);
  }
}
