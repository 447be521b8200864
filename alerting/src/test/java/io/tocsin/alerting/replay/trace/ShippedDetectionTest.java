package io.tocsin.alerting.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedDetectionTest {

  private static final Instant START = Instant.parse("2022-08-22T04:00:00Z");

  private final List<TraceRow> rows = new ArrayList<>();

  @Test
  void sharesOfCapacityAreWatchedForSaturation() {
    for (int minute = 0; minute < 10; minute++) {
      double cpu = minute >= 5 ? 95 : 10;
      row(minute, "web-1", null, Map.of("cpu-percent", cpu, "memory-percent", cpu));
    }
    assertThat(alarms()).containsExactlyInAnyOrder("6 web-1 CPU", "6 web-1 MEMORY");
  }

  @Test
  void aCallThatTakesLongerThanItsOtherEndSaysIsTheCalledServicesFaultOnce() {
    row(0, "cart-1", "cart", Map.of("requests", 1.0));
    row(0, "cart-2", "cart", Map.of("requests", 1.0));
    for (int minute = 0; minute < 30; minute++) {
      double latency = minute >= 20 ? 0.3 : 0.005 + minute % 2 * 0.001;
      row(minute, "web>cart", null, Map.of("caller-latency", latency, "callee-latency", 0.003));
    }
    assertThat(alarms()).containsExactly("21 cart-1 NETWORK", "21 cart-2 NETWORK");
  }

  @Test
  void numbersOfWhichNothingIsKnownAreComparedWithTheirPast() {
    for (int minute = 0; minute < 3000; minute++) {
      row(minute, "queue", null, Map.of("value", minute % 7 + (minute == 2500 ? 100.0 : 0)));
    }
    assertThat(alarms()).containsExactly("2500 queue anomaly");
  }

  @Test
  void allShippedMappingsAreInOrder() throws Exception {
    try (Stream<Path> mappings = Files.list(Path.of("../deploy/traces"))) {
      List<Path> all = mappings.toList();
      assertThat(all).isNotEmpty();
      for (Path mapping : all) {
        assertThat(TraceMapping.read(mapping).name() + ".yaml")
            .isEqualTo(mapping.getFileName().toString());
      }
    }
  }

  private List<String> alarms() {
    return ShippedDetection.alarms(new Trace(rows, Map.of(), Map.of())).stream()
        .map(
            alarm ->
                Duration.between(START, alarm.at()).toMinutes()
                    + " "
                    + alarm.resource()
                    + " "
                    + alarm.kind())
        .toList();
  }

  private void row(int minute, String resource, String service, Map<String, Double> fields) {
    rows.add(new TraceRow(START.plusSeconds(60L * minute), resource, service, "ANY", fields));
  }
}
