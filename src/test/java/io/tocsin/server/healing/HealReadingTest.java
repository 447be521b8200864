package io.tocsin.server.healing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Ladder;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Targets;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.ExampleServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealReadingTest {

  /** Something that is never done. */
  private record Nothing(String secret) implements ExecutorSpec {
    @Override
    public String kind() {
      return "nothing";
    }

    @Override
    public String title() {
      return "nothing at all";
    }

    @Override
    public boolean isDisruptive() {
      return true;
    }

    @Override
    public void checkObject(String object) {}

    @Override
    public ActionExecutor open(ExecutorContext context) {
      throw new IllegalStateException("nobody does this");
    }
  }

  private final ExampleServer server = new ExampleServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private void configure() {
    Action action =
        new Action(
            "restart-web",
            new Nothing("hunter2"),
            Targets.of("container/web-1"),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    server
        .views
        .healing()
        .configure(
            new HealingConfig(
                Mode.AUTO,
                null,
                List.of(action),
                List.of(new Ladder("web", null, null, List.of("restart-web", "replace-web"))),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
  }

  private void result(String plan, HealOutcome outcome, int second) {
    server.take(
        Topics.HEAL_RESULTS,
        HealResult.newBuilder()
            .setPlanId(plan)
            .setIncidentId("i-" + plan)
            .setAttempt(1)
            .setAction("restart-web")
            .setTargetId("container/web-1")
            .setOutcome(outcome)
            .setReason("<b>why</b>")
            .setAt(ExampleServer.NOW.plusSeconds(second))
            .setTookMs(outcome == HealOutcome.EXECUTED ? 120L : null)
            .setRule("down")
            .setEpoch(3)
            .build());
  }

  @Test
  void aPlanComesWithItsStepsOncePerStep() throws Exception {
    result("p", HealOutcome.INTENT, 0);
    result("p", HealOutcome.EXECUTED, 1);
    result("p", HealOutcome.EXECUTED, 1);
    result("p", HealOutcome.VERIFIED, 9);

    JsonNode plan = server.json("/api/v1/heal/plans/p");

    assertThat(plan.path("outcome").asText()).isEqualTo("VERIFIED");
    assertThat(plan.path("steps")).hasSize(3);
    assertThat(plan.path("steps").path(1).path("tookMs").asInt()).isEqualTo(120);
    assertThat(server.get("/api/v1/heal/plans/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void plansAreNewestFirstAndOfAnIncidentIfOneIsNamed() throws Exception {
    result("a", HealOutcome.INTENT, 0);
    result("b", HealOutcome.INTENT, 1);

    assertThat(server.json("/api/v1/heal/plans").path(0).path("plan").asText()).isEqualTo("b");
    assertThat(server.json("/api/v1/heal/plans?incident=i-a")).hasSize(1);
    assertThat(server.get("/api/v1/heal/plans?limit=0").statusCode()).isEqualTo(400);
  }

  @Test
  void actionsAreListedWithoutWhatTheirExecutorsAreTold() throws Exception {
    configure();

    HttpResponse<String> answer = server.get("/api/v1/heal/actions");

    JsonNode action = ExampleServer.json(answer).path(0);
    assertThat(action.path("does").asText()).isEqualTo("nothing at all");
    assertThat(action.path("targets").path("container/web-1").asText()).isEqualTo("web-1");
    assertThat(action.path("verify").path("healthyProbes").asInt()).isEqualTo(2);
    JsonNode ladder = action.path("ladders").path(0);
    assertThat(ladder.path("name").asText()).isEqualTo("web");
    assertThat(ladder.path("steps"))
        .extracting(JsonNode::asText)
        .containsExactly("restart-web", "replace-web");
    assertThat(answer.body()).doesNotContain("hunter2");
  }

  @Test
  void anActionThatHelpedTooSeldomHasToAsk() throws Exception {
    configure();
    for (int i = 0; i < 12; i++) {
      result("p" + i, HealOutcome.NOT_VERIFIED, i);
    }

    JsonNode standing = server.json("/api/v1/heal/autonomy").path(0);

    assertThat(standing.path("key").asText()).isEqualTo("down/restart-web/container");
    assertThat(standing.path("tries").asInt()).isEqualTo(12);
    assertThat(standing.path("level").asText()).isEqualTo("APPROVE");
  }

  private static AuditEntry.Builder entry(AuditKind kind, String actor) {
    return AuditEntry.newBuilder()
        .setAt(ExampleServer.NOW)
        .setKind(kind)
        .setActor(actor)
        .setIncidentId("i");
  }

  @Test
  void theAuditIsNewestFirstAndCanBeNarrowed() throws Exception {
    server.audited(entry(AuditKind.STARTED, "responder/1"));
    server.audited(entry(AuditKind.COMMANDED, "kim"));

    assertThat(server.json("/api/v1/audit").path(0).path("sequence").asInt()).isEqualTo(2);
    assertThat(server.json("/api/v1/audit?actor=kim")).hasSize(1);
    assertThat(server.json("/api/v1/audit?kind=STARTED")).hasSize(1);
    assertThat(server.json("/api/v1/audit?incident=other")).isEmpty();
    assertThat(server.get("/api/v1/audit?kind=anything").statusCode()).isEqualTo(400);
  }

  @Test
  void anAuditThatWasChangedDoesNotHold() throws Exception {
    server.audited(entry(AuditKind.STARTED, "responder/1"));
    AuditEntry second = server.audited(entry(AuditKind.COMMANDED, "kim"));

    JsonNode good = server.json("/api/v1/audit/verify");
    server.audit.set(1, AuditEntry.newBuilder(second).setActor("sam").build());
    JsonNode bad = server.json("/api/v1/audit/verify");

    assertThat(good.path("holds").asBoolean()).isTrue();
    assertThat(good.path("entries").asInt()).isEqualTo(2);
    assertThat(good.path("head").asText()).isEqualTo("2:" + second.getHash());
    assertThat(good.path("problem").isNull()).isTrue();
    assertThat(bad.path("holds").asBoolean()).isFalse();
    assertThat(bad.path("problem").asText()).contains("entry 2", "changed after it was written");
  }
}
