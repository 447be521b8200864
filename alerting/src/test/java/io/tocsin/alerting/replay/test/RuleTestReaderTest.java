package io.tocsin.alerting.replay.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.replay.test.Expectation.ExpectedAlert;
import io.tocsin.alerting.replay.test.Expectation.ExpectedIncident;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.yaml.Problem;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleTestReaderTest {

  private static final RuleTestReader READER =
      new RuleTestReader(
          new RuleReader()
              .readTexts(Map.of("r.yaml", "rules: [{name: down, signal: health}]")).rules().stream()
                  .map(LoadedRule::rule)
                  .toList());

  private static final String WHOLE =
      """
      tests:
        - name: what a test can say
          rules: [down]
          resources:
            - {id: endpoint/a, service: shop, tier: core, interval: 1s, parent: host/h, depends-on: [db], labels: {x: y}}
          start: 2026-05-04T12:00:00Z
          every: 1s
          input:
            - {signal: health, resource: endpoint/a, fields: {health: "UP _ DOWN", latency_ms: "1 _ 2"}}
            - {signal: efficiency, resource: host/h, from: 1m1s, fields: {cpu_percent_mean: 5}}
          expect:
            - {at: 2s, alerts: [{rule: down, resource: endpoint/a, state: firing}], incidents: [{priority: P0, state: open, rule: down}], notifications: 1, heal: []}
            - {at: 1s, alerts: []}
      """;

  private static List<String> problems(String yaml) {
    return READER.read("t.yaml", yaml).problems().stream().map(Problem::toString).toList();
  }

  private static RuleTest whole() {
    RuleTestFile file = READER.read("t.yaml", WHOLE);
    assertThat(file.problems()).isEmpty();
    return file.tests().get(0);
  }

  @Test
  void aTestIsRead() {
    RuleTest test = whole();
    assertThat(test.name()).isEqualTo("what a test can say");
    assertThat(test.line()).isEqualTo(2);
    assertThat(test.rules()).containsExactly("down");
    assertThat(test.resources())
        .containsExactly(
            new TestResource(
                "endpoint/a",
                ResourceKind.ENDPOINT,
                "shop",
                Tier.CORE,
                Duration.ofSeconds(1),
                "host/h",
                List.of("db"),
                Map.of("x", "y")));
    assertThat(test.expectations())
        .containsExactly(
            new Expectation(Duration.ofSeconds(1), 13, List.of(), null, null, null),
            new Expectation(
                Duration.ofSeconds(2),
                12,
                List.of(
                    new ExpectedAlert("down", "endpoint/a", null, AlertState.FIRING, null, null)),
                List.of(new ExpectedIncident("down", null, Priority.P0, IncidentState.OPEN)),
                1,
                List.of()));
  }

  @Test
  void itsSeriesAreObservationsInTheOrderOfTime() {
    RuleTest test = whole();
    List<Observation> seen = test.observations();
    Instant start = Instant.parse("2026-05-04T12:00:00Z");
    assertThat(seen)
        .extracting(Observation::at)
        .containsExactly(start, start.plusSeconds(2), start.plusSeconds(61));
    assertThat(seen.get(1).fields().get("health")).isEqualTo("DOWN");
    assertThat(seen.get(1).fields().get("up")).isEqualTo(false);
    assertThat(seen.get(1).fields().get("service")).isEqualTo("shop");
    assertThat(seen.get(1).freshForMs()).isEqualTo(3_000);
    assertThat(seen.get(2).resourceKind()).isEqualTo(ResourceKind.HOST);
    assertThat(seen.get(2).series()).isEqualTo("10s");
    assertThat(seen.get(2).labels()).isEqualTo(Map.of("final", "true"));
    assertThat(test.end()).isEqualTo(start.plusSeconds(62));
  }

  @Test
  void anActiveBottleneckBeganWithItsFirstActiveValue() {
    RuleTest test =
        READER
            .read(
                "t.yaml",
                """
                tests:
                  - name: a
                    input: [{signal: bottleneck, resource: vm/a, series: IO, fields: {active: "false truex2 false true"}}]
                    expect: [{at: 1s, alerts: []}]
                """)
            .tests()
            .get(0);
    Instant start = test.start();
    assertThat(test.observations())
        .extracting(Observation::since)
        .containsExactly(
            start,
            start.plusSeconds(10),
            start.plusSeconds(10),
            start.plusSeconds(30),
            start.plusSeconds(40));
  }

  @Test
  void allProblemsAreSaidAtOnceEachWithItsPlace() {
    assertThat(
            problems(
                """
                tests:
                  - name: a
                    rules: [dwon]
                    evry: 1s
                    input:
                      - {signal: health, resource: endpoint/a, fields: {health: "UPx2 SICK", heelth: UP}}
                      - {signal: absence, resource: endpoint/a, fields: {}}
                      - {signal: health, fields: {up: true}}
                    expect:
                      - {at: 1, alerts: []}
                      - {at: 1m}
                      - {at: 1m, alerts: [{rule: dawn, state: on}], notifications: -1}
                  - name: a
                    start: yesterday
                """))
        .containsExactly(
            "t.yaml:3:13: tests[0].rules[0]: is the name of no rule; did you mean down?",
            "t.yaml:4:5: tests[0].evry: is not known here; did you mean every?",
            "t.yaml:6:71: tests[0].input[0].fields.health: SICK is not one of UP, DOWN, UNKNOWN",
            "t.yaml:6:78: tests[0].input[0].fields.heelth: is not known here; did you mean health?",
            "t.yaml:7:10: tests[0].input[1].signal: absence is not observed; let a resource with an"
                + " interval be silent",
            "t.yaml:8:9: tests[0].input[2].resource: is missing",
            "t.yaml:9:5: tests[0].expect: names a rule dawn in line 12 that there is not; did you"
                + " mean down?",
            "t.yaml:10:14: tests[0].expect[0].at: is not a time; write 20s, 3m20s or 1h30m",
            "t.yaml:11:9: tests[0].expect[1]: expects nothing; say alerts, incidents, notifications"
                + " or heal",
            "t.yaml:12:47: tests[0].expect[2].alerts[0].state: is not one of pending, firing,"
                + " flapping, cleared, unknown",
            "t.yaml:12:68: tests[0].expect[2].notifications: is not a number from 0 to 1000000",
            "t.yaml:13:5: tests[1].expect: is missing",
            "t.yaml:13:5: tests[1].name: is the name of an earlier test",
            "t.yaml:14:12: tests[1].start: is not a time; write such as 2026-01-01T00:00:00Z");
  }
}
