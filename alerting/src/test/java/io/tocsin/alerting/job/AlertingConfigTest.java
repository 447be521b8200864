package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.config.Ladder;
import io.tocsin.alerting.incidents.HealPolicy;
import io.tocsin.alerting.job.AlertingConfig.AllowedAction;
import io.tocsin.schemas.Alert;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertingConfigTest {

  private static final AlertingConfig CONFIG =
      new AlertingConfig(
          List.of(),
          List.of(
              new AllowedAction("restart", List.of("endpoint/shop"), HealPolicy.DEFAULT),
              new AllowedAction("drain", List.of("endpoint/shop"), HealPolicy.DEFAULT)),
          List.of(
              new Ladder("slow", List.of(), List.of("latency-*"), List.of("drain")),
              new Ladder("web", List.of("shop*"), List.of("down"), List.of("look", "restart"))),
          Duration.ZERO,
          null);

  private static List<String> heal(String rule, String service, List<String> named) {
    return CONFIG
        .withActions(
            Alert.newBuilder(IncidentBench.down("endpoint/shop", 0))
                .setRule(rule)
                .setService(service)
                .setHeal(named)
                .build())
        .getHeal();
  }

  @Test
  void whatTheRuleNamesComesFirst() {
    assertThat(heal("down", "shop", List.of("drain"))).containsExactly("drain");
  }

  @Test
  void aRuleMayNameALadder() {
    assertThat(heal("other", "till", List.of("web", "drain")))
        .containsExactly("look", "restart", "drain");
  }

  @Test
  void elseTheFirstLadderOfItsRuleAndService() {
    assertThat(heal("down", "shop-2", List.of())).containsExactly("look", "restart");
    assertThat(heal("latency-high", null, List.of())).containsExactly("drain");
  }

  @Test
  void anAlertOfAnotherSystemNeedsALadderThatNamesItsRule() {
    AlertingConfig any =
        new AlertingConfig(
            List.of(),
            List.of(),
            List.of(new Ladder("any", List.of(), List.of(), List.of("restart"))),
            Duration.ZERO,
            null);
    AlertingConfig named =
        new AlertingConfig(
            List.of(),
            List.of(),
            List.of(new Ladder("named", List.of(), List.of("external.down"), List.of("restart"))),
            Duration.ZERO,
            null);
    Alert foreign =
        Alert.newBuilder(IncidentBench.down("endpoint/shop", 0))
            .setRule("external.down")
            .setUnavailable(false)
            .build();
    assertThat(any.withActions(foreign).getHeal()).isEmpty();
    assertThat(named.withActions(foreign).getHeal()).containsExactly("restart");
  }

  @Test
  void elseWhatIsMeantForAResourceThatAnswersNoMore() {
    assertThat(heal("other", "till", List.of())).containsExactly("restart", "drain");
  }
}
