package io.tocsin.alerting.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.alerting.yaml.Problem;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.Tier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {

  private static final String WHOLE =
      """
      # a rule that says everything
      rules:
        - name: cpu-saturated
          signal: efficiency
          select:
            resource: ["host/*", vm/db]
            kind: [host, vm]
            service: shop
            tier: non-core
            labels: {zone: "eu-*"}
          window: 1m
          final: true
          when: cpu_percent_p95 > 90
          for: 2m
          clear: cpu_percent_mean < 80
          clear-for: 500ms
          priority: P2
          layer: application
          summary: "{resource} is at {cpu_percent_p95:.0f} %"
          runbook: https://example.org/cpu
          labels: {team: core}
          heal: [restart, reboot]
          shadow-of: other
      """;

  private static RuleReading read(String yaml) {
    return new RuleReader().readTexts(Map.of("r.yaml", yaml));
  }

  private static Rule rule(String body) {
    RuleReading reading = read("rules:\n  - {name: a, " + body + "}\n");
    assertThat(reading.problems()).isEmpty();
    return reading.rules().get(0).rule();
  }

  private static List<String> problems(String yaml) {
    return read(yaml).problems().stream().map(Problem::toString).toList();
  }

  private static List<String> problemsOf(String body) {
    return problems("rules:\n  - {name: a, " + body + "}\n");
  }

  @Test
  void everyKeyIsRead() {
    Rule rule =
        read(WHOLE + "  - {name: other, signal: health}\n").rules().stream()
            .map(LoadedRule::rule)
            .filter(each -> each.name().equals("cpu-saturated"))
            .findFirst()
            .orElseThrow();
    assertThat(rule.signal()).isEqualTo(SignalKind.EFFICIENCY);
    assertThat(rule.select())
        .isEqualTo(
            new Selector(
                List.of("host/*", "vm/db"),
                List.of(ResourceKind.HOST, ResourceKind.VM),
                List.of("shop"),
                Tier.NON_CORE,
                List.of("1m"),
                Map.of("zone", "eu-*", "final", "true")));
    assertThat(rule.when().text()).isEqualTo("cpu_percent_p95 > 90");
    assertThat(rule.clear().text()).isEqualTo("cpu_percent_mean < 80");
    assertThat(rule.holdFor()).isEqualTo(Duration.ofMinutes(2));
    assertThat(rule.clearFor()).isEqualTo(Duration.ofMillis(500));
    assertThat(rule.priority()).isEqualTo(Priority.P2);
    assertThat(rule.layer()).isEqualTo(Layer.APPLICATION);
    assertThat(rule.summary()).isEqualTo("{resource} is at {cpu_percent_p95:.0f} %");
    assertThat(rule.runbook()).isEqualTo("https://example.org/cpu");
    assertThat(rule.labels()).isEqualTo(Map.of("team", "core"));
    assertThat(rule.heal()).containsExactly("restart", "reboot");
    assertThat(rule.shadowOf()).isEqualTo("other");
    assertThat(rule.version()).matches("[0-9a-f]{12}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "signal: health|!up",
        "signal: bottleneck|active",
        "signal: business, baseline: {field: value}|unusual",
        "signal: latency, difference: {field: p50_ms}|unusual",
        "signal: absence|missed > 3",
        "absence: {intervals: 5}|missed > 5",
        "signal: latency, sequence: {steps: [b, c], within: 5m}|steps >= 2",
        "signal: latency, burn-rate: {bad: failed, total: requests, objective: 0.999,"
            + " windows: [{long: 1h, short: 5m, factor: 14.4}]}|burning",
      })
  void whatHardlyAnybodyWritesOtherwiseMayBeLeftOut(String body, String when) {
    RuleReading reading =
        read(
            "rules:\n  - {name: a, "
                + body
                + "}\n  - {name: b, signal: health}\n  - {name: c, signal: health}\n");
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.rules().get(0).rule().when().text()).isEqualTo(when);
    assertThat(reading.rules().get(0).rule().clear()).isNull();
  }

  @Test
  void windowsSelectTheirSeries() {
    assertThat(rule("signal: efficiency, when: final").select().series()).containsExactly("10s");
    assertThat(rule("signal: latency, when: final").select().series()).containsExactly("10s/*");
    assertThat(
            rule("signal: latency, when: final, window: 5m, select: {series: probes}")
                .select()
                .series())
        .containsExactly("5m/probes");
    assertThat(
            rule("signal: throughput, when: final, select: {series: [link/eth0, 'disk/*']}")
                .select()
                .series())
        .containsExactly("10s/link/eth0", "10s/disk/*");
    assertThat(rule("signal: throughput, when: final, window: 1m").select().series())
        .containsExactly("1m", "1m/requests");
    assertThat(rule("signal: business, when: value > 1").select().series()).isEmpty();
  }

  @Test
  void aBurnRateLooksAtTheLastWordOfEachWindowOnly() {
    assertThat(
            rule("signal: latency, burn-rate: {bad: failed, total: requests, objective: 0.9,"
                    + " windows: [{long: 1h, short: 5m, factor: 2}]}")
                .select()
                .labels())
        .containsEntry("final", "true");
  }

  @Test
  void derivationsAreRead() {
    assertThat(
            rule("signal: business, rate: {field: value, over: 1m}, when: rate < -1").derivation())
        .isEqualTo(new Derivation.Rate("value", Duration.ofMinutes(1)));
    assertThat(rule("signal: business, baseline: {field: value}, when: score > 5").derivation())
        .isEqualTo(new Derivation.Baseline("value"));
    assertThat(
            rule("signal: latency, difference: {field: p99_ms}, when: difference > 50")
                .derivation())
        .isEqualTo(new Derivation.Difference("p99_ms"));
  }

  @Test
  void allProblemsOfAFileAreSaidAtOnceEachWithItsPlace() {
    assertThat(
            problems(
                """
                rules:
                  - name: Cpu Saturated
                    signal: eficiency
                  - name: b
                    signal: efficiency
                    whem: cpu_percent_mean > 90
                    for: 2 minutes
                    priority: P5
                    select:
                      kind: hosts
                      tier: unspecified
                      resourse: host/a
                    labels: [a]
                    runbook: javascript:alert(1)
                    summary: "{cpu} and { that"
                other: 1
                """))
        .containsExactly(
            "r.yaml:2:11: rules[0].name: is not a name; use up to 63 of a-z, 0-9, dot, underscore"
                + " and hyphen, letter or digit first",
            "r.yaml:3:13: rules[0].signal: is not one of efficiency, latency, throughput,"
                + " bottleneck, health, application, business, security, absence",
            "r.yaml:4:5: rules[1].when: is missing",
            "r.yaml:6:5: rules[1].whem: is not known here; did you mean when?",
            "r.yaml:7:10: rules[1].for: is not a duration; write 500ms, 2s, 5m, 1h or 7d",
            "r.yaml:8:15: rules[1].priority: is not one of P0, P1, P2, P3, classify",
            "r.yaml:10:13: rules[1].select.kind: is not one of host, vm, container, endpoint,"
                + " service",
            "r.yaml:11:13: rules[1].select.tier: is not one of core, non-core",
            "r.yaml:12:7: rules[1].select.resourse: is not known here; did you mean resource?",
            "r.yaml:13:13: rules[1].labels: has to be keys with values",
            "r.yaml:14:14: rules[1].runbook: is no link with http or https, and no text",
            "r.yaml:15:16: rules[1].summary: there is no field cpu here",
            "r.yaml:15:25: rules[1].summary: is no {field} or {field:.1f}; write {{ for a brace",
            "r.yaml:16:1: other: is not known here");
  }

  @Test
  void anErrorInAConditionStandsWhereItIsInTheFile() {
    assertThat(
            problems(
                """
                rules:
                  - name: plain
                    signal: latency
                    when: final && p99 > 90
                  - name: quoted
                    signal: latency
                    when: "source == \\"PROBES\\" && p99 > 90"
                  - name: single
                    signal: latency
                    when: 'service == ''it'' && p99 > 90'
                  - name: literal
                    signal: latency
                    when: |
                      final &&
                        p99 > 90
                  - name: folded
                    signal: latency
                    when: >-
                      final
                      && p99 > 90
                  - name: wrapped
                    signal: latency
                    when: final
                      && p99 > 90
                  - {name: flow, signal: latency, clear: 'final', when: 'p99 > 90'}
                """))
        .extracting(problem -> problem.replaceFirst(": rules.*", ""))
        .containsExactly(
            "r.yaml:4:20",
            "r.yaml:7:36",
            "r.yaml:10:33",
            "r.yaml:15:9",
            "r.yaml:20:10",
            "r.yaml:24:10",
            "r.yaml:25:58");
  }

  @Test
  void whatIsNotYamlSaysWhere() {
    assertThat(problems("rules:\n  - name: [a\n"))
        .singleElement()
        .asString()
        .startsWith("r.yaml:3:1: is not YAML:");
    assertThat(problems("")).containsExactly("r.yaml: is empty; write at least one key");
    assertThat(problems("- a")).containsExactly("r.yaml:1:1: has to be keys with values");
    assertThat(problems("rules: &x\n  - {name: a, signal: health}\n"))
        .containsExactly("r.yaml:1:8: anchors (&) are not understood; write it out");
    assertThat(problems("rules:\n  - !!java.net.URL [http://a]\n"))
        .containsExactly(
            "r.yaml:2:5: is not YAML: Global tag is not allowed: tag:yaml.org,2002:java.net.URL");
    assertThat(problems("{".repeat(100))).singleElement().asString().contains("is not YAML");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "signal: health, rate: {field: latency, over: 1m}, when: rate > 1|"
            + "there is no number latency in health; did you mean latency_ms?",
        "signal: health, rate: {field: latency_ms, over: 0s}, when: rate > 1|"
            + "has to be more than 0 and at most 31d",
        "signal: health, rate: {field: up, over: 1m}, when: rate > 1|there is no number up",
        "signal: health, absence: {intervals: 2}|does not go with signal health",
        "absence: {intervals: 2.5}|has to be a whole number",
        "signal: health, rate: {field: latency_ms, over: 1m}|when: is missing",
        "signal: health, baseline: {field: latency_ms}, difference: {field: latency_ms}|"
            + "stands beside baseline",
        "signal: health, difference: {field: latency_ms}, when: latency_ms > 1|"
            + "there is no field latency_ms here",
        "signal: health, window: 10s|is only for efficiency",
        "signal: efficiency, when: final, window: 20s|is not one of 10s, 1m, 5m",
        "signal: health, name: b|stands here twice",
        "signal: health, shadow-of: a|names the rule itself",
        "signal: health, shadow-of: other|there is no rule other",
        "signal: latency, sequence: {steps: [x, y], within: 1m}|there is no rule x",
        "signal: latency, sequence: {steps: [x], within: 1m}|names of 2 to 10 rules",
        "signal: latency, burn-rate: {bad: failed, total: requests, objective: 1, windows:"
            + " [{long: 1h, short: 5m, factor: 1}]}|leaves no budget",
        "signal: latency, burn-rate: {bad: failed, total: requests, objective: 0.9, windows:"
            + " [{long: 5m, short: 1h, factor: 1}]}|has to be shorter than long",
        "signal: health, select: {resource: ''}|is empty and would match nothing",
        "signal: health, for: 32d|is longer than 31d",
        "signal: health, heal: [rm -rf]|is not the name of an action",
      })
  void whatMakesNoSenseIsRefused(String body, String expected) {
    assertThat(problemsOf(body)).anySatisfy(each -> assertThat(each).contains(expected));
  }

  @Test
  void namesAreUniqueAcrossFiles() {
    RuleReading reading =
        new RuleReader()
            .readTexts(
                new TreeMap<>(
                    Map.of(
                        "a.yaml", "rules: [{name: a, signal: health}]",
                        "b.yaml", "rules: [{name: a, signal: bottleneck}]")));
    assertThat(reading.problems())
        .extracting(Problem::toString)
        .containsExactly("b.yaml:1:10: rules[0].name: is the name of the rule at a.yaml:1");
  }

  @Test
  void filesThatCannotBeReadAreProblems(@TempDir Path directory) throws Exception {
    Path binary = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(new RuleReader().read(List.of(directory.resolve("a.yaml"), binary)).problems())
        .extracting(Problem::message)
        .containsExactly("there is no such file", "is not text in UTF-8");
  }

  @Test
  void aRuleThatTravelsIsTheSameRuleAndItsProblemsStandInItsFile() {
    RuleReading file = read("# é 😀\n" + WHOLE + "  - {name: other, signal: health}\n");
    for (LoadedRule loaded : file.rules()) {
      RuleText text = loaded.asText("config", Instant.EPOCH);
      RuleReading again = new RuleReader().read(text);
      assertThat(again.problems()).isEmpty();
      assertThat(again.rules().get(0).rule().version()).isEqualTo(loaded.rule().version());
      assertThat(again.rules().get(0).rule().select()).isEqualTo(loaded.rule().select());
    }
    RuleText text = file.rules().get(0).asText("config", Instant.EPOCH);
    text.setText(text.getText().replace("cpu_percent_p95 > 90", "cpu_percent_p96 > 90"));
    assertThat(new RuleReader().read(text).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "r.yaml:14:11: when: there is no field cpu_percent_p96 here; did you mean"
                + " cpu_percent_p95?");
    text.setName("other");
    assertThat(new RuleReader().read(text).isGood()).isFalse();
  }

  @Test
  void theVersionDependsOnTheContentAndNotOnItsLayout() {
    String one = rule("signal: health, for: 5s").version();
    assertThat(
            read("rules:\n- signal: 'health' # c\n  for: 5s\n\n  name: a\n").rules().get(0).rule())
        .extracting(Rule::version)
        .isEqualTo(one);
    assertThat(rule("signal: health, for: 6s").version()).isNotEqualTo(one);
  }
}
