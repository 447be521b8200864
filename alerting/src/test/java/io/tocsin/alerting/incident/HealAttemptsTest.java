package io.tocsin.alerting.incident;

import static io.tocsin.alerting.incident.Rules.RESTART;
import static io.tocsin.schemas.HealOutcome.EXECUTED;
import static io.tocsin.schemas.HealOutcome.FAILED;
import static io.tocsin.schemas.HealOutcome.INTENT;
import static io.tocsin.schemas.HealOutcome.NOT_VERIFIED;
import static io.tocsin.schemas.HealOutcome.REFUSED;
import static io.tocsin.schemas.HealOutcome.VERIFIED;
import static io.tocsin.schemas.Health.DOWN;
import static io.tocsin.schemas.Health.UNKNOWN;
import static io.tocsin.schemas.Health.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.HealOutcome;
import org.junit.jupiter.api.Test;

class HealAttemptsTest {

  @Test
  void readsPlannedStartedExecutedVerifiedResolved() {
    Timeline timeline =
        new Timeline(Rules.availability(0, 1, RESTART))
            .probe(0, DOWN, "OPENED OPEN P0", "HEALING_PLANNED OPEN P0", "plan 1 restart")
            .result(0.1, 1, INTENT, "HEALING_STARTED HEALING P0")
            .result(0.4, 1, EXECUTED, "UPDATED HEALING P0")
            .probe(1, UP, "hold heal_in_flight")
            .probe(2, UP, "hold heal_in_flight")
            .result(2.1, 1, VERIFIED, "VERIFIED MITIGATED P0", "RESOLVED RESOLVED P0")
            .remembersNoIncident();
    assertThat(timeline.incident().getVersion()).isEqualTo(6);
    assertThat(timeline.incident().getHealAttempts()).isEqualTo(1);
    assertThat(timeline.incident().getResolvedAt()).isEqualTo(Timeline.at(2.1));
  }

  @Test
  void aVerifiedHealStillWaitsForTheGoodRunThatTheRuleAsksFor() {
    new Timeline(Rules.availability(0, 5, RESTART))
        .probe(0, DOWN, "OPENED OPEN P0", "HEALING_PLANNED OPEN P0", "plan 1 restart")
        .result(0.1, 1, INTENT, "HEALING_STARTED HEALING P0")
        .probe(1, UP, "hold heal_in_flight")
        .result(1.5, 1, VERIFIED, "VERIFIED MITIGATED P0", "hold clearing")
        .probe(3, UP, "hold clearing")
        .probe(6, UP, "RESOLVED RESOLVED P0");
  }

  @Test
  void aFailedAttemptIsFollowedByTheNextAfterTheCooldownAndThenByPeople() {
    new Timeline(Rules.availability(0, 0, RESTART))
        .probe(0, DOWN, "OPENED OPEN P0", "HEALING_PLANNED OPEN P0", "plan 1 restart")
        .result(1, 1, FAILED, "HEALING_FAILED OPEN P0")
        .probe(10.999, DOWN)
        .probe(11, DOWN, "HEALING_PLANNED OPEN P0", "plan 2 restart")
        .result(12, 2, NOT_VERIFIED, "HEALING_FAILED OPEN P0", "NEEDS_HUMAN OPEN P0")
        .probe(30, DOWN)
        .probe(31, UP, "RESOLVED RESOLVED P0");
  }

  @Test
  void aRefusalLeavesTheIncidentOpenAndSaysWhy() {
    Timeline timeline =
        new Timeline(Rules.availability(0, 0, RESTART))
            .probe(0, DOWN, "OPENED OPEN P0", "HEALING_PLANNED OPEN P0", "plan 1 restart")
            .result(0.1, 1, REFUSED, "HEALING_REFUSED OPEN P0");
    timeline.probe(1, UP, "RESOLVED RESOLVED P0");
  }

  @Test
  void anOutcomeNobodyKnowsIsLeftToPeopleAtOnce() {
    new Timeline(Rules.availability(0, 0, RESTART))
        .probe(0, DOWN, "OPENED OPEN P0", "HEALING_PLANNED OPEN P0", "plan 1 restart")
        .result(0.1, 1, INTENT, "HEALING_STARTED HEALING P0")
        .result(9, 1, HealOutcome.UNKNOWN, "NEEDS_HUMAN OPEN P0")
        .probe(60, DOWN)
        .probe(61, UNKNOWN, "hold unknown_health");
  }

  @Test
  void aPlanThatNobodyAnswersIsLeftToPeople() {
    new Timeline(Rules.availability(0, 0, RESTART))
        .probe(0, DOWN, "OPENED OPEN P0", "HEALING_PLANNED OPEN P0", "plan 1 restart")
        .clock(34.999)
        .clock(35, "HEALING_UNANSWERED OPEN P0", "NEEDS_HUMAN OPEN P0")
        .clock(36)
        .probe(37, DOWN)
        .probe(38, UP, "RESOLVED RESOLVED P0");
  }

  @Test
  void anAttemptThatWasBegunHasMoreTime() {
    new Timeline(Rules.availability(0, 0, RESTART))
        .probe(0, DOWN, "OPENED OPEN P0", "HEALING_PLANNED OPEN P0", "plan 1 restart")
        .result(20, 1, INTENT, "HEALING_STARTED HEALING P0")
        .clock(79.999)
        .clock(80, "HEALING_UNANSWERED OPEN P0", "NEEDS_HUMAN OPEN P0");
  }

  @Test
  void aLateAnswerIsTakenInButNobodyWaitsForIt() {
    new Timeline(Rules.availability(0, 0, RESTART))
        .probe(0, DOWN, "OPENED OPEN P0", "HEALING_PLANNED OPEN P0", "plan 1 restart")
        .clock(35, "HEALING_UNANSWERED OPEN P0", "NEEDS_HUMAN OPEN P0")
        .result(36, 1, INTENT, "HEALING_STARTED HEALING P0")
        .clock(200)
        .result(201, 1, FAILED, "HEALING_FAILED OPEN P0")
        .probe(220, DOWN)
        .probe(221, UP, "RESOLVED RESOLVED P0");
  }

  @Test
  void stepsToldTwiceOrTooLateCountForNothing() {
    new Timeline(Rules.availability(0, 0, RESTART))
        .probe(0, DOWN, "OPENED OPEN P0", "HEALING_PLANNED OPEN P0", "plan 1 restart")
        .result(0.1, 1, EXECUTED, "UPDATED HEALING P0")
        .result(0.1, 1, INTENT, "ignore old_heal_result")
        .result(0.2, 1, FAILED, "HEALING_FAILED OPEN P0")
        .result(0.3, 1, VERIFIED, "ignore old_heal_result")
        .probe(11, DOWN, "HEALING_PLANNED OPEN P0", "plan 2 restart")
        .result(11.1, 1, VERIFIED, "ignore old_heal_result");
  }

  @Test
  void badAgainAfterAVerifiedHealReopensAndPlansAgainAfterTheCooldown() {
    new Timeline(Rules.availability(0, 30, RESTART))
        .probe(0, DOWN, "OPENED OPEN P0", "HEALING_PLANNED OPEN P0", "plan 1 restart")
        .result(2, 1, VERIFIED, "VERIFIED MITIGATED P0")
        .probe(1.5, DOWN, "hold before_heal_ended")
        .probe(3, DOWN, "REOPENED OPEN P0")
        .probe(12, DOWN, "HEALING_PLANNED OPEN P0", "plan 2 restart")
        .result(13, 2, VERIFIED, "VERIFIED MITIGATED P0")
        .probe(14, DOWN, "REOPENED OPEN P0", "NEEDS_HUMAN OPEN P0");
  }
}
