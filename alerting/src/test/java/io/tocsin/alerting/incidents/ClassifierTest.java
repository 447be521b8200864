package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.alert;
import static io.tocsin.alerting.incidents.Watch.down;
import static io.tocsin.alerting.incidents.Watch.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Tier;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierTest {

  private final Watch watch = new Watch();

  private Priority of(Alert.Builder alert) {
    watch.alert(alert);
    assertThat(watch.only().getPriorityReason()).isNotBlank();
    return watch.only().getPriority();
  }

  @ParameterizedTest
  @CsvSource({
    "health, CORE, P1",
    "health, NON_CORE, P2",
    "application, CORE, P3",
    "business, CORE, P1",
    "business, NON_CORE, P2",
    "latency, CORE, P3",
    "bottleneck, CORE, P3",
    "efficiency, CORE, P3",
    "throughput, CORE, P3"
  })
  void theSignalAndTheTierDecide(String signal, Tier tier, Priority priority) {
    assertThat(of(alert("rule", signal, "endpoint/shop", 0).setTier(tier))).isEqualTo(priority);
  }

  @ParameterizedTest
  @CsvSource({"error-rate, P1", "burn_rate.errors, P1", "p99, P3", "terrors, P3"})
  void aRuleNamedAfterErrorsSpeaksOfErrors(String rule, Priority priority) {
    assertThat(of(alert(rule, "latency", "endpoint/shop", 0).setTier(Tier.CORE)))
        .isEqualTo(priority);
  }

  @Test
  void aRulesLabelSaysWhatItMeans() {
    assertThat(
            of(
                alert("queue", "application", "endpoint/shop", 0)
                    .setTier(Tier.CORE)
                    .setLabels(Map.of("impact", "errors"))))
        .isEqualTo(Priority.P1);
  }

  @ParameterizedTest
  @CsvSource({"CRITICAL, P1", "HIGH, P2", "MEDIUM, P3", "LOW, P3", ", P3"})
  void securityIsMappedByItsSeverity(String severity, Priority priority) {
    assertThat(
            of(
                alert("exec", "security", "container/shop", 0)
                    .setTier(Tier.CORE)
                    .setSeverity(severity)))
        .isEqualTo(priority);
  }

  @Test
  void whatTheRuleFixesHolds() {
    assertThat(of(down("endpoint/shop", 0).setTier(Tier.CORE).setPriority(Priority.P3)))
        .isEqualTo(Priority.P3);
  }

  @Test
  void aCoreServiceWithoutAWorkingMemberIsP0() {
    watch.resource(resource("endpoint/shop", null, "shop", Tier.CORE));
    assertThat(of(down("endpoint/shop", 0))).isEqualTo(Priority.P0);
    assertThat(watch.only().getPriorityReason())
        .isEqualTo("system unavailable: service shop, 1 of 1 known members down, core");
  }

  @Test
  void aMemberOfUnknownHealthIsNotShownToWork() {
    Alert.Builder other = down("endpoint/shop-2", 0);
    watch
        .resource(resource("endpoint/shop-1", null, "shop", Tier.CORE))
        .resource(resource("endpoint/shop-2", null, "shop", Tier.CORE))
        .alert(other.setState(AlertState.UNKNOWN));
    assertThat(of(down("endpoint/shop-1", 0))).isEqualTo(Priority.P0);
  }

  @Test
  void whatIsKnownOfTheLastMemberNoMoreRaisesTheIncident() {
    watch
        .resource(resource("endpoint/shop-1", null, "shop", Tier.CORE))
        .resource(resource("endpoint/shop-2", null, "shop", Tier.CORE))
        .alert(down("endpoint/shop-1", 0));
    assertThat(watch.only().getPriority()).isEqualTo(Priority.P1);
    watch.alert(alert("health", "health", "endpoint/shop-2", 1).setState(AlertState.UNKNOWN));
    assertThat(watch.only().getPriority()).isEqualTo(Priority.P0);
  }

  @Test
  void aPartThatIsDownWhileTheEndpointsAnswerAffectsAFunctionOnly() {
    watch
        .resource(resource("endpoint/shop", null, "shop", Tier.CORE))
        .resource(resource("container/shop-1", "host/a", "shop", Tier.CORE));
    assertThat(of(down("container/shop-1", 0))).isEqualTo(Priority.P1);
    assertThat(watch.only().getPriorityReason())
        .isEqualTo("core function affected: service shop, to which container/shop-1 belongs, core");
  }

  @Test
  void whatACoreServiceNeedsIsCoreAlsoByWayOfOthers() {
    watch
        .resource(resource("endpoint/disk", null, "disk", Tier.NON_CORE))
        .resource(resource("endpoint/db", null, "db", Tier.NON_CORE, "disk"))
        .resource(resource("endpoint/shop", null, "shop", Tier.CORE, "db"));
    assertThat(of(down("endpoint/disk", 0))).isEqualTo(Priority.P0);
    assertThat(watch.only().getPriorityReason()).endsWith("needed by core service shop");
  }

  @Test
  void aHostIsAsBadAsTheWorstOfWhatRunsOnIt() {
    watch
        .resource(resource("endpoint/blog", "vm/v", "blog", Tier.NON_CORE))
        .resource(resource("endpoint/shop", "vm/v", "shop", Tier.CORE))
        .resource(resource("vm/v", "host/a", null, Tier.UNSPECIFIED));
    assertThat(of(down("host/a", 0))).isEqualTo(Priority.P0);
    assertThat(watch.only().getPriorityReason()).endsWith("; 2 services affected");
  }

  @Test
  void itIsLoweredWhenAMemberIsWellAgainAndNobodyIsPagedForThat() {
    Alert.Builder second = down("endpoint/shop-2", 1);
    watch
        .resource(resource("endpoint/shop-1", null, "shop", Tier.CORE))
        .resource(resource("endpoint/shop-2", null, "shop", Tier.CORE))
        .alert(down("endpoint/shop-1", 0))
        .alert(second);
    int told = watch.told().size();
    watch.until(60).alert(second, AlertState.CLEARED);
    assertThat(watch.only().getPriority()).isEqualTo(Priority.P1);
    assertThat(watch.told()).hasSize(told);
    watch.until(120).alert(down("endpoint/shop-2", 120));
    assertThat(watch.only().getPriority()).isEqualTo(Priority.P0);
    assertThat(watch.told()).as("people know already that it can be as bad").hasSize(told);
  }
}
