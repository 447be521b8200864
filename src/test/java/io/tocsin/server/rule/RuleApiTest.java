package io.tocsin.server.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.alerting.replay.BacktestReport;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.ShadowReport;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.ExampleServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuleApiTest {

  private static final String RULE =
      """
      rules:
        - name: my-cpu
          signal: efficiency
          when: cpu_percent_mean > 80
          for: 1m
          priority: P3
      """;

  private final CountDownLatch backtestMayEnd = new CountDownLatch(1);
  private final CountDownLatch backtestBegan = new CountDownLatch(1);
  private final ExampleServer server =
      new ExampleServer(
          (rules, from, to) -> {
            backtestBegan.countDown();
            try {
              backtestMayEnd.await();
            } catch (InterruptedException stopped) {
              throw new IllegalStateException(stopped);
            }
            return new BacktestReport(
                Map.of("rules", (long) rules.all().size()),
                1,
                0,
                Map.of(),
                Map.of(),
                Map.of(),
                null,
                Map.of(),
                List.of());
          },
          List::of);

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aRuleComesWithItsDefaultsItsTestsAndHowManyFire() throws Exception {
    server.rules();

    JsonNode rule = server.json("/api/v1/rules/cpu-saturated");

    assertThat(rule.path("mode").asText()).isEqualTo("live");
    assertThat(rule.path("accepted").asBoolean()).isTrue();
    assertThat(rule.path("firing").asInt()).isEqualTo(1);
    assertThat(rule.path("effective").path("signal").asText()).isNotEmpty();
    assertThat(rule.path("effective").path("layer").asText()).isEqualTo("INFRASTRUCTURE");
    assertThat(rule.path("tests").size()).isPositive();
    assertThat(rule.path("tests"))
        .allSatisfy(
            test -> {
              assertThat(test.path("file").asText()).startsWith("deploy/rules/tests/");
              assertThat(test.path("passed").asBoolean()).as(test.toString()).isTrue();
            });
    assertThat(rule.path("shadow").isNull()).isTrue();
  }

  @Test
  void everyShippedRuleHasATestThatPasses() throws Exception {
    server.rules();

    for (JsonNode rule : server.json("/api/v1/rules")) {
      JsonNode one = server.json("/api/v1/rules/" + rule.path("name").asText());
      assertThat(one.path("tests").size()).as(rule.path("name").asText()).isPositive();
      assertThat(one.path("tests")).allMatch(test -> test.path("passed").asBoolean());
    }
  }

  @Test
  void aShippedTestTellsWhatAChangedRuleDoesOtherwise() throws Exception {
    server.rules();
    RuleText text = server.views.rules().texts().get("cpu-saturated");
    server.take(
        Topics.RULES,
        RuleText.newBuilder(text)
            .setText(text.getText().replace("for: 45s", "for: 20d"))
            .setVersion("other")
            .build());

    JsonNode rule = server.json("/api/v1/rules/cpu-saturated");

    assertThat(rule.path("mode").asText()).isEqualTo("pending");
    assertThat(rule.path("accepted").asBoolean()).isFalse();
    assertThat(rule.path("effective").path("forSeconds").asLong()).isEqualTo(20 * 86_400);
    assertThat(rule.path("tests")).anyMatch(test -> !test.path("passed").asBoolean());
  }

  @Test
  void aShadowComesWithItsComparison() throws Exception {
    server.rules();
    server.take(
        Topics.SHADOW_REPORTS,
        ShadowReport.newBuilder()
            .setName("cpu-saturated")
            .setVersion("1")
            .setLive("other")
            .setSince(ExampleServer.NOW)
            .setAt(ExampleServer.NOW)
            .setOnlyShadow(3)
            .build());

    assertThat(server.json("/api/v1/rules/cpu-saturated").path("shadow").path("onlyShadow").asInt())
        .isEqualTo(3);
  }

  @Test
  void firingsAreNewestFirstAndComeInPages() throws Exception {
    server.rules();

    HttpResponse<String> page = server.get("/api/v1/rules/cpu-saturated/firings?limit=1");

    assertThat(ExampleServer.json(page).path(0).path("id").asText()).isEqualTo("a2");
    assertThat(page.headers().firstValue("X-Total-Count")).hasValue("2");
    assertThat(page.headers().firstValue("Link").orElseThrow()).contains("after=a2");
    assertThat(server.get("/api/v1/rules/nobody/firings").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/rules/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void aCheckSaysEverythingThatIsWrongWithItsPlace() throws Exception {
    JsonNode good = body("/api/v1/rules/check", Map.of("text", RULE));
    JsonNode bad =
        body(
            "/api/v1/rules/check",
            Map.of(
                "text",
                RULE.replace("cpu_percent_mean", "cpu_persent_mean") + "    colour: red\n"));

    assertThat(good.path("problems")).isEmpty();
    assertThat(good.path("rules").path(0).asText()).isEqualTo("my-cpu");
    assertThat(bad.path("problems")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(bad.path("problems").path(0).path("line").asInt()).isPositive();
    assertThat(bad.path("rules")).isEmpty();
  }

  @Test
  void oneRuleAloneIsTakenAsTheListShowsIt() throws Exception {
    String alone = "name: my-cpu\nsignal: efficiency\nwhen: cpu_percent_mean > 80\n";

    assertThat(body("/api/v1/rules/check", Map.of("text", alone)).path("rules").path(0).asText())
        .isEqualTo("my-cpu");
    JsonNode bad = body("/api/v1/rules/check", Map.of("text", alone.replace("> 80", ">> 80")));
    assertThat(bad.path("problems").path(0).path("line").asInt()).isEqualTo(3);
  }

  @Test
  void anchorsAliasesAndTagsAreRefused() throws Exception {
    String bomb =
        "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nrules: [*b,*b,*b]\nc: !!java.net.URL [\"http://x\"]\n";

    JsonNode checked = body("/api/v1/rules/check", Map.of("text", bomb));

    assertThat(checked.path("problems")).isNotEmpty();
    assertThat(checked.path("rules")).isEmpty();
  }

  @Test
  void bodiesAreBoundedAndHaveToBeThere() throws Exception {
    assertThat(server.post("/api/v1/rules/check", "{}").statusCode()).isEqualTo(422);
    assertThat(server.post("/api/v1/rules/check", "{\"text\":1,\"x\":2}").statusCode())
        .isEqualTo(400);
    assertThat(server.post("/api/v1/rules/check", Map.of("text", "#".repeat(70_000))).statusCode())
        .isEqualTo(413);
  }

  @Test
  void testsRunAgainstTheRulesThatAreSent() throws Exception {
    String tests =
        """
        tests:
          - name: a busy host alerts
            input:
              - {signal: efficiency, resource: host/a, fields: {cpu_percent_mean: 95x20}}
            expect:
              - {at: 3m, alerts: [{rule: my-cpu, resource: host/a}]}
          - name: a calm one does, too
            input:
              - {signal: efficiency, resource: host/a, fields: {cpu_percent_mean: 10x20}}
            expect:
              - {at: 3m, alerts: [{rule: my-cpu, resource: host/a}]}
        """;

    JsonNode ran = body("/api/v1/rules/test", Map.of("rules", RULE, "tests", tests));

    assertThat(ran.path("problems")).isEmpty();
    assertThat(ran.path("cases").path(0).path("passed").asBoolean()).isTrue();
    assertThat(ran.path("cases").path(1).path("passed").asBoolean()).isFalse();
    assertThat(ran.path("cases").path(1).path("problems").path(0).asText()).contains("no alert is");
  }

  @Test
  void aShortTextThatMeansManyValuesIsRefused() throws Exception {
    String series = "{signal: efficiency, resource: host/a, fields: {cpu_percent_mean: 1x90000}}";
    String tests =
        "tests:\n  - name: a\n    input:\n      - "
            + series
            + "\n      - "
            + series
            + "\n    expect: [{at: 1m, alerts: []}]\n";

    JsonNode ran = body("/api/v1/rules/test", Map.of("rules", RULE, "tests", tests));

    assertThat(ran.path("problems").path(0).path("text").asText()).contains("too many values");
    assertThat(ran.path("cases")).isEmpty();
  }

  @Test
  void testsNameNoFileOfThisMachine() throws Exception {
    HttpResponse<String> answer =
        server.post(
            "/api/v1/rules/test",
            Map.of(
                "rules",
                RULE,
                "tests",
                "config: /etc/passwd\ntests:\n  - {name: a, expect: [{at: 1m, alerts: []}]}\n"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("files are not read here");
  }

  @Test
  void aBacktestNeedsATimeOfADayAtMost() throws Exception {
    assertThat(server.post("/api/v1/rules/backtest", "{}").body()).contains("from: is missing");
    assertThat(server.post("/api/v1/rules/backtest", Map.of("from", "2026-01-01T00:00:00Z")).body())
        .contains("a day is tried at once");
    assertThat(
            server
                .post("/api/v1/rules/backtest", Map.of("from", "2030-01-01T00:00:00Z"))
                .statusCode())
        .isEqualTo(422);
  }

  @Test
  void oneBacktestAtATimeAndTheOthersAreToldToComeBack() throws Exception {
    Map<String, Object> wish =
        Map.of("rules", RULE, "from", ExampleServer.NOW.minusSeconds(600).toString());
    CompletableFuture<HttpResponse<String>> first =
        CompletableFuture.supplyAsync(() -> post("/api/v1/rules/backtest", wish));
    backtestBegan.await();

    HttpResponse<String> second = server.post("/api/v1/rules/backtest", wish);
    backtestMayEnd.countDown();

    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("Retry-After")).isPresent();
    assertThat(first.get().statusCode()).isEqualTo(200);
    assertThat(ExampleServer.json(first.get()).path("inputs").path("rules").asInt()).isEqualTo(1);
  }

  @Test
  void rulesAreWrittenWholeOrNotAtAll() throws Exception {
    server.rules();
    HttpResponse<String> good = server.post("/api/v1/rules", Map.of("text", RULE, "by", "kim"));
    HttpResponse<String> bad =
        server.post("/api/v1/rules", Map.of("text", RULE + "  - name: my-other\n"));

    assertThat(good.statusCode()).isEqualTo(202);
    assertThat(ExampleServer.json(good).path("rules").path(0).path("change").asText())
        .isEqualTo("new");
    assertThat(server.writtenRules)
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.getName()).isEqualTo("my-cpu");
              assertThat(rule.getBy()).isEqualTo("kim");
            });
    assertThat(bad.statusCode()).isEqualTo(422);
    assertThat(ExampleServer.json(bad).path("problems")).isNotEmpty();
  }

  @Test
  void whatIsThereAlreadyIsNotWrittenAgainAndAnyRuleCanGo() throws Exception {
    server.rules();
    String there = server.views.rules().texts().get("cpu-saturated").getText();

    HttpResponse<String> same =
        server.post("/api/v1/rules", Map.of("text", "rules:\n  - " + there.strip()));

    assertThat(same.body()).contains("unchanged");
    assertThat(server.post("/api/v1/rules", Map.of("text", there)).body()).contains("unchanged");
    assertThat(server.writtenRules).isEmpty();
    assertThat(server.delete("/api/v1/rules/cpu-saturated").statusCode()).isEqualTo(202);
    assertThat(server.delete("/api/v1/rules/nobody").statusCode()).isEqualTo(404);
    assertThat(server.removedRules).containsExactly("cpu-saturated");
  }

  private JsonNode body(String path, Object body) throws Exception {
    HttpResponse<String> answer = server.post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ExampleServer.json(answer);
  }

  private HttpResponse<String> post(String path, Object body) {
    try {
      return server.post(path, body);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void hostileNamesAreNoPaths() throws Exception {
    assertThat(server.get("/api/v1/rules/..%2f..%2fetc").statusCode()).isBetween(400, 404);
  }
}
