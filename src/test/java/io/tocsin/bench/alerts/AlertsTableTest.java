package io.tocsin.bench.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.bench.Latencies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertsTableTest {

  private static final Latencies.Summary TIMES = new Latencies.Summary(9, 20, 90, 120);
  private static final Delays OURS = new Delays(10, 1, TIMES, TIMES, TIMES, TIMES);
  private static final Delays THEIRS = new Delays(10, 0, null, null, null, TIMES);

  private static AlertsRow row(String engine, Delays delays) {
    return new AlertsRow(
        engine,
        10_000,
        100,
        delays,
        delays,
        0,
        Map.of("alerting", 0.5),
        Map.of("alerting", 700_000_000L),
        Map.of("alerting", 1_200L),
        List.of("a note"));
  }

  @Test
  void eachWayIsALine() {
    assertThat(AlertsTable.of(List.of(row("tocsin", OURS), row("prometheus", THEIRS))))
        .containsPattern("tocsin +10,000 +100 health +10 +1 20 / 90 / 120 +20 / 90 / 120\\n")
        .containsPattern("prometheus +10,000 +100 cpu +10 +0 +20 / 90 / 120\\n")
        .contains("cores alerting 0.50; peak MB alerting 700; records waiting alerting 1,200")
        .contains("health: sent to alert 20 / 90 / 120", "a note");
  }

  @Test
  void aMissingPageIsNotRight() {
    assertThat(row("tocsin", OURS).isRight()).isFalse();
    assertThat(row("prometheus", THEIRS).isRight()).isTrue();
  }

  @Test
  void jsonLeavesOutWhatIsNotToBeSeen() throws Exception {
    ObjectMapper json = new ObjectMapper();
    JsonNode theirs = json.readTree(json.writeValueAsString(row("prometheus", THEIRS)));
    assertThat(theirs.at("/health/pageFromBreak/p99").asLong()).isEqualTo(90);
    assertThat(theirs.at("/health").has("page")).isFalse();
  }
}
