package io.tocsin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {

  private static final Row COPY =
      new Row(
          "raw copy",
          1_000,
          80_000,
          Map.of("client", 0.2),
          Map.of("client", 300_000_000L),
          null,
          null,
          null,
          Map.of(),
          List.of());

  private static final Row STREAMS =
      new Row(
          "streams",
          1_000,
          40_000,
          Map.of("streams", 2.0, "broker", 0.5, Row.GENERATOR, 9.0),
          Map.of("streams", 600_000_000L, "broker", 400_000_000L, Row.GENERATOR, 1L),
          5_000_000L,
          new Row.Paced(20_000, new Latencies.Summary(100, 20, 90, 120), 42),
          new Row.Check(500, 499, 1_000, 50, "samples=501"),
          Map.of("where the time goes", List.of(new FlightTable.Line("state: decoding", 31.25))),
          List.of("a note"));

  @Test
  void theGeneratorIsChargedToNobody() {
    assertThat(STREAMS.cpuOfAll()).isEqualTo(2.5);
    assertThat(STREAMS.peakOfAll()).isEqualTo(1_000_000_000);
    assertThat(STREAMS.pointsPerSecond()).isEqualTo(1_000_000);
  }

  @Test
  void aRowIsALineBesideTheCeiling() {
    assertThat(ResultTable.of(List.of(COPY, STREAMS)))
        .containsPattern(
            "streams +1,000 +40,000 +1,000,000 +50.0 % +2.50 +1,000 +5 +20 / 90 / 120\\n")
        .contains("most lag 42 samples", "WRONG: 499 of 500", "31.3 %  state: decoding", "a note");
  }

  @Test
  void aTrialWithoutTheCeilingHasNoShareOfIt() {
    assertThat(ResultTable.of(List.of(STREAMS))).doesNotContain("50.0 %");
  }

  @Test
  void jsonHasEveryFigure() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode row = mapper.readTree(mapper.writeValueAsString(STREAMS));
    assertThat(row.at("/samplesPerSecond").asDouble()).isEqualTo(40_000);
    assertThat(row.at("/pointsPerSecond").asDouble()).isEqualTo(1_000_000);
    assertThat(row.at("/cpuPerMillionPoints/broker").asDouble()).isEqualTo(0.5);
    assertThat(row.at("/cpuOfAll").asDouble()).isEqualTo(2.5);
    assertThat(row.at("/paced/fresh/p99").asLong()).isEqualTo(90);
    assertThat(row.at("/check/right").asBoolean(true)).isFalse();
  }
}
