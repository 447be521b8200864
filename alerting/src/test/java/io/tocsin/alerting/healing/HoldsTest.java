package io.tocsin.alerting.healing;

import static io.tocsin.alerting.healing.HealExamples.RESTART;
import static io.tocsin.alerting.healing.HealExamples.SHOP;
import static io.tocsin.alerting.healing.HealExamples.plan;
import static io.tocsin.schemas.HealOutcome.EXECUTED;
import static io.tocsin.schemas.HealOutcome.INTENT;
import static io.tocsin.schemas.HealOutcome.REVERTED;
import static io.tocsin.schemas.HealOutcome.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Traffic is turned away from the shop while it is down; the front proves that this helps. */
class HoldsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String FRONT = "endpoint/front";

  private static final Action TURN_AWAY =
      new Action(
          RESTART.name(),
          RESTART.does(),
          RESTART.targets(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          true,
          new Verify(null, FRONT, 2, null, null));

  private final Scene scene =
      new Scene(HealingConfig.of(Mode.AUTO, List.of(TURN_AWAY)))
          .state(new TargetState("ready", Map.of("state", "ready"), Optional.empty()));

  private void turnedAway() {
    scene.probe(Health.DOWN).plan(plan("p"));
    scene.pass(SECOND);
    for (int i = 0; i < 3; i++) {
      Probe probe = Examples.probe(Health.UP, scene.clock.instant());
      probe.setResourceId(FRONT);
      scene.probe(probe).probe(Health.DOWN).pass(SECOND);
    }
  }

  @Test
  void theFrontProvesItAndItStaysWhileTheTargetIsDown() {
    turnedAway();
    assertThat(scene.log.outcomes()).containsExactly(INTENT, EXECUTED, VERIFIED);
    assertThat(scene.undone).isEmpty();
    assertThat(scene.log.results().get(1).getBefore()).containsEntry("state", "ready");
  }

  @Test
  void itIsPutBackOnceTheTargetIsWellAgain() {
    turnedAway();
    scene.pass(SECOND).probe(Health.UP).pass(SECOND).probe(Health.DOWN);
    assertThat(scene.undone).isEmpty();
    scene.pass(SECOND).probe(Health.UP).pass(SECOND).probe(Health.UP).tick().tick();
    assertThat(scene.undone).containsExactly(SHOP + " {state=ready}");
    assertThat(scene.log.outcomes()).endsWith(VERIFIED, REVERTED);
    scene.pass(SECOND).probe(Health.UP).tick();
    assertThat(scene.undone).hasSize(1);
  }

  @Test
  void itIsPutBackAfterARestartToo() {
    turnedAway();
    scene.start();
    scene.pass(SECOND).probe(Health.UP).pass(SECOND).probe(Health.UP).tick().tick();
    assertThat(scene.undone).containsExactly(SHOP + " {state=ready}");
    scene.start().pass(SECOND).probe(Health.UP).pass(SECOND).probe(Health.UP).tick();
    assertThat(scene.undone).hasSize(1);
  }
}
