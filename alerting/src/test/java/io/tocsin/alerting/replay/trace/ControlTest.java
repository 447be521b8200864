package io.tocsin.alerting.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlTest {

  private final Trace trace = trace(50, 60, 55, 90, 90, 40);

  @Test
  void controlsAlarmAsTheirNamesSay() {
    assertThat(Control.NEVER.alarms(trace, "x")).isEmpty();
    assertThat(seconds(Control.ALWAYS)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(seconds(Control.STATIC_80)).containsExactly(3L, 4L);
    assertThat(seconds(Control.NEW_EXTREME)).containsExactly(1L, 3L, 5L);
  }

  @Test
  void rowsWithoutTheFieldAreNoneOfTheirBusiness() {
    assertThat(Control.ALWAYS.alarms(trace, "y")).isEmpty();
  }

  private List<Long> seconds(Control control) {
    return control.alarms(trace, "x").stream().map(alarm -> alarm.at().getEpochSecond()).toList();
  }

  private static Trace trace(double... values) {
    List<TraceRow> rows = new ArrayList<>();
    for (double value : values) {
      rows.add(
          new TraceRow(Instant.ofEpochSecond(rows.size()), "a", null, "VM", Map.of("x", value)));
    }
    return new Trace(rows, Map.of(), Map.of());
  }
}
