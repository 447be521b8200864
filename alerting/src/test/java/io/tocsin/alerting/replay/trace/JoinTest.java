package io.tocsin.alerting.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinTest {

  private static final Duration WITHIN = Duration.ofSeconds(20);

  @Test
  void theTwoEndsOfACallBecomeOneRowAtTheLaterTime() {
    assertThat(Join.rows(List.of(row(0, "a>b", "out"), row(15, "a>b", "in")), WITHIN))
        .containsExactly(
            new TraceRow(
                Instant.ofEpochSecond(15), "a>b", null, "EDGE", Map.of("out", 0.0, "in", 15.0)));
  }

  @Test
  void rowsOfTheSameFieldFarApartOrOfAnotherResourceStayAsTheyAre() {
    List<TraceRow> rows =
        List.of(
            row(0, "a>b", "out"), row(5, "a>b", "out"), row(6, "a>c", "in"), row(40, "a>b", "in"));
    assertThat(Join.rows(rows, WITHIN)).containsExactlyElementsOf(rows);
  }

  @Test
  void withoutASpanNothingIsJoined() {
    List<TraceRow> rows = List.of(row(0, "a>b", "out"), row(0, "a>b", "in"));
    assertThat(Join.rows(rows, Duration.ZERO)).isEqualTo(rows);
  }

  private static TraceRow row(int second, String resource, String field) {
    Map<String, Double> fields = Map.of(field, (double) second);
    return new TraceRow(Instant.ofEpochSecond(second), resource, null, "EDGE", fields);
  }
}
