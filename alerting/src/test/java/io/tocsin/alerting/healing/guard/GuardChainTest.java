package io.tocsin.alerting.healing.guard;

import static io.tocsin.alerting.healing.HealExamples.AUTO;
import static io.tocsin.alerting.healing.HealExamples.NOON;
import static io.tocsin.alerting.healing.HealExamples.command;
import static io.tocsin.alerting.healing.HealExamples.plan;
import static io.tocsin.alerting.healing.HealExamples.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.HealExamples;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardChainTest {

  private static final Probe DOWN = Examples.probe(Health.DOWN, NOON);

  private static Decision decide(
      HealPlan plan, HealingConfig config, List<HealResult> past, Probe probe, Instant now) {
    Setting setting = new Setting(plan).config(config).at(now).past(past);
    return (probe == null ? setting : setting.probe(probe)).decide();
  }

  private static Decision decide(HealPlan plan, Instant now, HealResult... past) {
    return decide(plan, AUTO, List.of(past), Examples.probe(Health.DOWN, now), now);
  }

  private static void assertRefusedBy(String guard, Decision decision) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Refuse.class, refuse -> assertThat(refuse.guard()).isEqualTo(guard));
  }

  private static void assertWaits(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Wait.class);
  }

  private static void assertAllowed(Decision decision) {
    assertThat(decision).isEqualTo(new Decision.Allow(HealExamples.RESTART));
  }

  @Test
  void allowsWhatNothingSpeaksAgainst() {
    assertAllowed(decide(plan("p"), NOON));
  }

  @Test
  void observesByDefaultAndSaysWhatItWouldHaveDone() {
    HealingConfig observe = HealingConfig.of(null, AUTO.actions());
    Decision decision = decide(plan("p"), observe, List.of(), DOWN, NOON);
    assertRefusedBy("mode", decision);
    assertThat(((Decision.Refuse) decision).reason())
        .isEqualTo(
            "observe only: would have run restart-shop on endpoint/shop, and every other guard"
                + " agreed");
  }

  @Test
  void observeModeNeverHidesAnotherObjection() {
    HealingConfig observe = HealingConfig.of(Mode.OBSERVE, AUTO.actions());
    Probe up = Examples.probe(Health.UP, NOON);
    assertRefusedBy("health", decide(plan("p"), observe, List.of(), up, NOON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$(id)",
        "; rm",
        "endpoint/shop\n",
        "endpoint/../shop",
        "../",
        "-rf",
        "endpoint/-rf",
        "endpoint/shop; rm",
        "endpoint/$(id)",
        "ENDPOINT/shop",
        "endpoint/shop ",
        "",
        "endpoint/"
      })
  void refusesHostileTargets(String target) {
    HealPlan plan = plan("p");
    plan.setTargetId(target);
    assertRefusedBy("target", decide(plan, NOON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$(id)", "; rm", "restart-shop\n", "../restart-shop", "-rf", "", "/bin/rm"})
  void refusesHostileActions(String action) {
    HealPlan plan = plan("p");
    plan.setAction(action);
    assertRefusedBy("action", decide(plan, NOON));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$(id)", "a b", "a\nb", "-x", "", "../a"})
  void refusesHostileIds(String id) {
    assertRefusedBy("form", decide(plan(id), NOON));
    HealPlan plan = plan("p");
    plan.setIncidentId(id);
    assertRefusedBy("form", decide(plan, NOON));
  }

  @Test
  void refusesTargetsThatTheActionDoesNotList() {
    HealPlan plan = plan("p");
    plan.setTargetId("endpoint/bank");
    assertRefusedBy("target", decide(plan, NOON));
  }

  @Test
  void plansAreVoidFromNotAfterOn() {
    Instant limit = plan("p").getNotAfter();
    assertAllowed(decide(plan("p"), limit.minusMillis(1)));
    assertRefusedBy("freshness", decide(plan("p"), limit));
  }

  @Test
  void answersNoPlanTwice() {
    for (HealOutcome outcome : HealOutcome.values()) {
      assertThat(decide(plan("p"), NOON, result("p", outcome, NOON.minusSeconds(7200))))
          .as("after %s", outcome)
          .isInstanceOf(Decision.Ignore.class);
    }
  }

  @Test
  void actsOnOneTargetOnceAtATime() {
    Instant before = NOON.minusSeconds(7200);
    assertRefusedBy(
        "one-at-a-time", decide(plan("p"), NOON, result("q", HealOutcome.INTENT, before)));
    assertRefusedBy(
        "one-at-a-time", decide(plan("p"), NOON, result("q", HealOutcome.EXECUTED, before)));
    assertAllowed(decide(plan("p"), NOON, result("q", HealOutcome.VERIFIED, before)));
  }

  @Test
  void letsATargetRestForTheCooldown() {
    Duration cooldown = HealExamples.RESTART.cooldown();
    HealResult[] past = {
      result("q", HealOutcome.INTENT, NOON.minusSeconds(60)),
      result("q", HealOutcome.EXECUTED, NOON.minus(cooldown)),
      result("q", HealOutcome.NOT_VERIFIED, NOON)
    };
    assertRefusedBy("cooldown", decide(plan("p"), NOON.minusMillis(1), past));
    assertAllowed(decide(plan("p"), NOON, past));
  }

  @Test
  void capsAttemptsWithinTheWindow() {
    Instant edge = NOON.minus(HealExamples.RESTART.attemptsWithin());
    HealResult[] past = {
      result("a", HealOutcome.INTENT, edge),
      result("a", HealOutcome.FAILED, edge.plusSeconds(1)),
      result("b", HealOutcome.INTENT, NOON.minusSeconds(600)),
      result("b", HealOutcome.UNKNOWN, NOON.minusSeconds(600)),
      result("c", HealOutcome.INTENT, NOON.minusSeconds(300)),
      result("c", HealOutcome.VERIFIED, NOON.minusSeconds(200))
    };
    assertRefusedBy("attempts", decide(plan("p"), NOON.minusMillis(1), past));
    assertAllowed(decide(plan("p"), NOON, past));
  }

  @Test
  void refusalsAreNoAttempts() {
    HealResult[] past = {
      result("a", HealOutcome.REFUSED, NOON),
      result("b", HealOutcome.REFUSED, NOON),
      result("c", HealOutcome.INTENT, NOON),
      result("c", HealOutcome.REFUSED, NOON)
    };
    assertAllowed(decide(plan("p"), NOON, past));
  }

  @Test
  void nothingButAFreshDownAuthorises() {
    assertWaits(decide(plan("p"), AUTO, List.of(), null, NOON));
    assertWaits(decide(plan("p"), AUTO, List.of(), Examples.probe(Health.UNKNOWN, NOON), NOON));
    assertRefusedBy(
        "health", decide(plan("p"), AUTO, List.of(), Examples.probe(Health.UP, NOON), NOON));
  }

  @Test
  void aProbeIsFreshForThreeIntervals() {
    Instant limit = NOON.plusSeconds(3);
    assertAllowed(decide(plan("p"), AUTO, List.of(), DOWN, limit));
    assertWaits(decide(plan("p"), AUTO, List.of(), DOWN, limit.plusMillis(1)));
    Probe ahead = Examples.probe(Health.DOWN, limit.plusMillis(1));
    assertWaits(decide(plan("p"), AUTO, List.of(), ahead, NOON));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0})
  void aProbeWithoutAnIntervalIsNeverFresh(long intervalMs) {
    Probe probe = Examples.probe(Health.DOWN, NOON);
    probe.setIntervalMs(intervalMs);
    assertWaits(decide(plan("p"), AUTO, List.of(), probe, NOON.plusMillis(1)));
  }

  @Test
  void noIntervalMakesAProbeCountForLongerThanFiveMinutes() {
    Probe probe = Examples.probe(Health.DOWN, NOON);
    probe.setIntervalMs(Long.MAX_VALUE);
    HealPlan plan = plan("p");
    plan.setNotAfter(NOON.plusSeconds(3600));
    assertAllowed(decide(plan, AUTO, List.of(), probe, NOON.plusSeconds(300)));
    assertWaits(decide(plan, AUTO, List.of(), probe, NOON.plusMillis(300_001)));
  }

  @Test
  void looksOnceMoreRightBeforeActing() {
    Situation recovered = new Setting().probe(Examples.probe(Health.UP, NOON)).situation();
    Situation unknown = new Setting().situation();
    Situation down = new Setting().down().situation();
    Setting paused = new Setting().down();
    paused.known.orders().recall(command(CommandKind.HEAL_PAUSE, NOON), NOON);
    assertThat(GuardChain.recheck(paused.situation())).isPresent();
    assertThat(GuardChain.recheck(recovered)).isPresent();
    assertThat(GuardChain.recheck(unknown)).isPresent();
    assertThat(GuardChain.recheck(down)).isEmpty();
  }
}
