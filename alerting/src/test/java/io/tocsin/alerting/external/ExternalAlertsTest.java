package io.tocsin.alerting.external;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.ExternalAlert;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ResourceKind;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalAlertsTest {

  private static Alert of(Map<String, String> labels, Map<String, String> annotations) {
    ExternalAlert alert =
        ExternalAlert.newBuilder()
            .setId("id")
            .setLabels(labels)
            .setAnnotations(annotations)
            .setStartsAt(Examples.NOON)
            .setEndsAt(Examples.NOON.plusSeconds(300))
            .setReceivedAt(Examples.NOON)
            .build();
    return ExternalAlerts.of(alert, AlertState.FIRING, Examples.NOON);
  }

  @Test
  void theNodeExporterOfAHostIsThatHost() {
    Alert alert =
        of(
            Map.of("alertname", "HighLoad", "instance", "web-1:9100", "severity", "critical"),
            Map.of("summary", "load is high", "description", "five minutes over 8"));
    assertThat(alert.getResourceId()).isEqualTo("host/web-1");
    assertThat(alert.getKind()).isEqualTo(ResourceKind.HOST);
    assertThat(alert.getRule()).isEqualTo("external.highload");
    assertThat(alert.getPriority()).isEqualTo(Priority.P1);
    assertThat(alert.getSummary()).isEqualTo("load is high");
    assertThat(alert.getEvidence()).containsExactly("five minutes over 8");
  }

  @ParameterizedTest
  @CsvSource({
    "priority,P0,P0",
    "priority,p2,P2",
    "severity,page,P1",
    "severity,High,P2",
    "severity,warning,P3",
    "team,db,P3"
  })
  void thePriorityIsTheirsOrThatOfTheirSeverity(String label, String value, Priority expected) {
    assertThat(of(Map.of("alertname", "A", label, value), Map.of()).getPriority())
        .isEqualTo(expected);
  }

  @Test
  void aResourceOfOursIsTakenAtItsWord() {
    assertThat(of(Map.of("resource", "vm/db-1", "instance", "x"), Map.of()).getResourceId())
        .isEqualTo("vm/db-1");
    assertThat(of(Map.of("resource", "vm/../x", "instance", "x"), Map.of()).getResourceId())
        .isEqualTo("host/x");
    assertThat(of(Map.of("alertname", "A"), Map.of()).getResourceId())
        .isEqualTo("service/external");
  }

  @Property
  void whateverTheyWriteTheIdIsAnId(@ForAll String instance, @ForAll String name) {
    Alert alert = of(Map.of("alertname", name, "instance", instance), Map.of("summary", name));
    assertThat(alert.getResourceId()).matches("(host|service)/[a-z0-9][a-z0-9._-]{0,63}");
    assertThat(alert.getRule()).matches("external\\.[a-z0-9][a-z0-9._-]{0,63}");
    assertThat(alert.getSummary()).doesNotContain("\n", "\r", "\0");
  }
}
