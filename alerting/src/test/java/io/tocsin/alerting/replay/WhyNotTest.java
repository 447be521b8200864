package io.tocsin.alerting.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhyNotTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

  private static final RuleSet RULES =
      RuleSet.of(
          new RuleReader()
                  .readTexts(
                      Map.of(
                          "rules.yaml",
                          """
                      rules:
                        - name: busy
                          signal: efficiency
                          select: {kind: host}
                          when: cpu_percent_mean > 80
                          for: 1m
                      """))
                  .rules()
                  .stream()
                  .map(LoadedRule::rule)
                  .toList());

  private final Recording recording = new Recording();

  @Test
  void aRuleThatIsNotThereIsTheReason() {
    assertThat(whyNot("bussy", "host/a", 60)).contains("there is no rule bussy");
  }

  @Test
  void nothingHeardIsTheReason() {
    assertThat(whyNot("busy", "host/a", 60)).contains("nothing of signal efficiency was heard");
  }

  @Test
  void aSelectorThatDoesNotFitIsTheReason() {
    seen("vm/a", ResourceKind.VM, 99);
    assertThat(whyNot("busy", "vm/a", 60)).contains("selector fits no observation");
  }

  @Test
  void aRollUpIsNotJudgedByARuleThatDoesNotNameIt() {
    seen("rollup/kind/host", ResourceKind.HOST, 99);
    assertThat(whyNot("busy", "rollup/kind/host", 60)).contains("selector fits no observation");
  }

  @Test
  void aConditionThatIsNotTrueIsTheReason() {
    seen("host/a", ResourceKind.HOST, 70);
    assertThat(whyNot("busy", "host/a", 60)).contains("not true: cpu_percent_mean > 80");
  }

  @Test
  void aTroubleThatIsTooYoungIsTheReason() {
    seen("host/a", ResourceKind.HOST, 99);
    assertThat(whyNot("busy", "host/a", 40)).contains("not been bad for long enough", "40 s of 60");
  }

  @Test
  void aRuleThatFiresSaysSo() {
    seen("host/a", ResourceKind.HOST, 99);
    assertThat(whyNot("busy", "host/a", 120)).startsWith("it did");
  }

  private String whyNot(String rule, String resource, int second) {
    return WhyNot.of(RULES, rule, resource, BEGIN.plusSeconds(second), recording).reason();
  }

  private void seen(String id, ResourceKind kind, double cpu) {
    for (int second = 0; second <= 120; second += 10) {
      Instant at = BEGIN.plusSeconds(second);
      Observation seen =
          Observation.of(
              SignalKind.EFFICIENCY,
              id,
              kind,
              "10s",
              null,
              Tier.UNSPECIFIED,
              Map.of(),
              at,
              at,
              0,
              Map.<String, Object>of("cpu_percent_mean", cpu)::get);
      recording.observation(at, seen);
    }
  }
}
