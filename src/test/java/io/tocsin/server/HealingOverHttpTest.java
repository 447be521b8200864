package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import java.net.http.HttpResponse;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How healing stands, and what people ask of it. */
class HealingOverHttpTest {

  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void tellsWhatHealingIsAboutWhatWaitsAndWhoHasPausedIt() throws Exception {
    result("moving", HealOutcome.INTENT);
    result("waiting", HealOutcome.AWAITING_APPROVAL);
    result("no", HealOutcome.REFUSED);
    result("done", HealOutcome.VERIFIED);
    api.post("/api/v1/heal/pause", "{\"by\":\"kim\",\"text\":\"storage moves\"}");
    api.views.apply(
        new Received<>(
            Topics.COMMANDS,
            api.sent.get(0),
            new ConsumerRecord<>("tocsin.commands", 0, 0, null, null)));

    var healing = new ObjectMapper().readTree(api.get("/api/v1/heal").body());

    assertThat(healing.path("mode").asText()).isEqualTo("OBSERVE");
    assertThat(healing.path("epoch").asLong()).isEqualTo(3);
    assertThat(healing.path("paused").path("by").asText()).isEqualTo("kim");
    assertThat(healing.path("inFlight").path(0).path("plan").asText()).isEqualTo("moving");
    assertThat(healing.path("waiting").path(0).path("plan").asText()).isEqualTo("waiting");
    assertThat(healing.path("refused").path(0).path("reason").asText()).isEqualTo("<b>why</b>");
    assertThat(healing.path("ended").path(0).path("outcome").asText()).isEqualTo("VERIFIED");
  }

  @Test
  void aWordOnAPlanBecomesACommandIfThePlanWaits() throws Exception {
    result("p1", HealOutcome.AWAITING_APPROVAL);

    assertThat(api.post("/api/v1/heal/plans/p1/approve", "{\"by\":\"kim\"}").statusCode())
        .isEqualTo(202);
    assertThat(api.post("/api/v1/heal/plans/p2/approve", "{\"by\":\"kim\"}").statusCode())
        .isEqualTo(404);
    assertThat(api.post("/api/v1/heal/plans/p1/reject", "{\"by\":\"kim\"}").statusCode())
        .isEqualTo(422);

    assertThat(api.sent)
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.getKind()).isEqualTo(CommandKind.HEAL_APPROVE);
              assertThat(command.getPlanId()).isEqualTo("p1");
            });
  }

  @Test
  void pauseResumePromotionAndDeploymentBecomeCommands() throws Exception {
    api.post("/api/v1/heal/resume", "{\"by\":\"kim\"}");
    api.post("/api/v1/heal/promote", "{\"by\":\"kim\",\"key\":\"down/restart-web/container\"}");
    api.post("/api/v1/deployments", "{\"by\":\"ci\",\"service\":\"shop\",\"version\":\"4.2\"}");

    assertThat(api.sent)
        .extracting(Command::getKind)
        .containsExactly(CommandKind.HEAL_RESUME, CommandKind.HEAL_PROMOTE, CommandKind.DEPLOYED);
    assertThat(api.sent.get(1).getAutonomy()).isEqualTo("down/restart-web/container");
    assertThat(api.sent.get(2).getService()).isEqualTo("shop");
    assertThat(api.sent.get(2).getText()).isEqualTo("4.2");
  }

  @Test
  void healingTakesNothingWithoutAReasonANameOrAnAction() throws Exception {
    HttpResponse<String> pause = api.post("/api/v1/heal/pause", "{}");

    assertThat(pause.statusCode()).isEqualTo(422);
    assertThat(pause.body()).contains("text: must say why");
    assertThat(api.post("/api/v1/heal/explode", "{\"by\":\"kim\"}").statusCode()).isEqualTo(404);
    assertThat(api.post("/api/v1/deployments", "{\"by\":\"ci\"}").body())
        .contains("service:", "version:");
    assertThat(api.sent).isEmpty();
  }

  private void result(String plan, HealOutcome outcome) {
    api.views.apply(
        new Received<>(
            Topics.HEAL_RESULTS,
            HealResult.newBuilder()
                .setPlanId(plan)
                .setIncidentId("i")
                .setAttempt(1)
                .setAction("restart-web")
                .setTargetId("container/web")
                .setOutcome(outcome)
                .setReason("<b>why</b>")
                .setAt(ApiFixture.NOW)
                .setEpoch(3)
                .build(),
            new ConsumerRecord<>("tocsin.heal-results", 0, 0, null, null)));
  }
}
