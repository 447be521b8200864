package io.tocsin.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FiguresTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String BENCH =
      """
      {"threads": 2, "rows": [
        {"engine": "raw copy", "resources": 100000, "samplesPerSecond": 400000},
        {"engine": "streams", "resources": 10000, "samplesPerSecond": 30000,
         "cpuPerMillionPoints": {"streams": 3.0, "broker": 0.6}},
        {"engine": "streams", "resources": 1000, "samplesPerSecond": 50000,
         "cpuPerMillionPoints": {"streams": 1.0, "broker": 0.2}}]}
      """;

  @Test
  void aBenchOfOnesOwnTakesThePlaceOfWhatItMeasured() throws Exception {
    Figures mine = Figures.shipped().measuredBy(JSON.readTree(BENCH), "mine.json");

    assertThat(mine.streamsCpu()).isEqualTo(new Measured(3.0, "CPU s/million points", "mine.json"));
    assertThat(mine.partitionSamples().value()).isEqualTo(15_000);
    assertThat(mine.windowBytes()).isEqualTo(Figures.shipped().windowBytes());
  }

  @Test
  void aBenchWithoutStreamsIsRefused() throws Exception {
    var other = JSON.readTree("{\"rows\": [{\"engine\": \"raw copy\"}]}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Figures.shipped().measuredBy(other, "mine.json"))
        .withMessageContaining("tocsin bench --only streams --json");
  }

  @Test
  void allThatIsWrongWithADemandIsSaidAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Demand(0, 1, Duration.ZERO, Duration.ofDays(1), 0, 0, 4, 2))
        .withMessageContaining("--resources")
        .withMessageContaining("--interval")
        .withMessageContaining("--copies")
        .withMessageContaining("--use");
  }
}
