package io.tocsin.collectors.container;

import io.tocsin.schemas.Health;
import io.tocsin.schemas.StateSample;
import java.time.Instant;

/**
 * What a manager says of a container's state.
 *
 * @param health UP while it runs and answers, DOWN when it should and does not, UNKNOWN in between
 * @param state the manager's own word, such as {@code running} or {@code CrashLoopBackOff}
 * @param evidence why the health is what it is
 * @param alive whether it has processes
 * @param wanted whether it should have; one that does not run and need not is not reported
 * @param restarts times it was started again; null where that is not known
 * @param startedAt when it was started; null where that is not known
 * @param exitCode of its last run; null where there was none
 */
record Condition(
    Health health,
    String state,
    String evidence,
    boolean alive,
    boolean wanted,
    Long restarts,
    Instant startedAt,
    Integer exitCode) {

  /** The same, when nothing certain is known any more. */
  Condition unknown(String why) {
    return new Condition(Health.UNKNOWN, state, why, alive, wanted, restarts, startedAt, exitCode);
  }

  StateSample sample() {
    return StateSample.newBuilder()
        .setHealth(health)
        .setState(state)
        .setEvidence(evidence)
        .setRestarts(restarts)
        .setStartedAt(startedAt)
        .setExitCode(exitCode)
        .build();
  }
}
