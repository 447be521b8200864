package io.tocsin.bench.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleReading;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.alerting.rules.Truth;
import io.tocsin.alerting.signal.EfficiencySignal;
import io.tocsin.alerting.signal.HealthSignal;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchRulesTest {

  private static final WatchedFleet FLEET = new WatchedFleet(1, 1_000);

  private static List<Rule> rules(int count) {
    RuleReading reading =
        new RuleReader().readTexts(Map.of("bench.yaml", BenchRules.of(count, FLEET)));
    assertThat(reading.problems()).isEmpty();
    return reading.rules().stream().map(LoadedRule::rule).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 100, 1_000})
  void thereAreAsManyAsAskedFor(int count) {
    assertThat(rules(count)).hasSize(count);
  }

  @Test
  void halfOfAHundredListenToEverythingAndOfMoreNoMoreDo() {
    assertThat(BenchRules.broad(10)).isEqualTo(4);
    assertThat(BenchRules.broad(100)).isEqualTo(49);
    assertThat(BenchRules.broad(10_000)).isEqualTo(49);
    assertThat(rules(1_000))
        .filteredOn(rule -> rule.name().startsWith("narrow-"))
        .allMatch(rule -> rule.select().resources().size() + rule.select().services().size() == 1);
  }

  @Test
  void aProbeThatFailsIsJudgedByTheRuleThatFires() {
    Observation down = HealthSignal.of(FLEET.probe(3, 1_000, true));
    assertThat(fired(down)).containsExactly(BenchRules.HEALTH);
    assertThat(fired(HealthSignal.of(FLEET.probe(3, 2_000, false)))).isEmpty();
  }

  @Test
  void aWindowFullOfCpuIsJudgedByTheRuleThatFires() {
    assertThat(fired(window(97))).containsExactly(BenchRules.CPU);
    assertThat(fired(window(86))).isEmpty();
  }

  private static List<String> fired(Observation seen) {
    return RuleSet.of(rules(100)).matching(seen).stream()
        .filter(rule -> rule.when().of(seen.fields()) == Truth.TRUE)
        .map(Rule::name)
        .toList();
  }

  private static Observation window(double cpu) {
    Instant from = Instant.ofEpochSecond(1_800_000_000);
    return EfficiencySignal.of(
        Window.newBuilder()
            .setResourceId("host/bench-000000")
            .setKind(ResourceKind.HOST)
            .setStartsAt(from)
            .setEndsAt(from.plusSeconds(10))
            .setSizeMs(10_000)
            .setLatestAt(from.plusSeconds(4))
            .setIsFinal(false)
            .setIntervals(4)
            .setCpuPercent(new Figure(50.0, cpu, 40.0, cpu, cpu))
            .build());
  }
}
