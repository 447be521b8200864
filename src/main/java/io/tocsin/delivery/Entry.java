package io.tocsin.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tocsin.delivery.signal.Baseline;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A line of the journal: something that was decided or done, and why. What does not apply is null.
 *
 * @param at when
 * @param rollout id of the rollout
 * @param event what
 * @param version the version on its way, or the one that a target goes back to
 * @param step name of the step
 * @param target name of the target
 * @param reasons why, for people
 * @param from with {@link Event#BEGUN}: the version of each target before
 * @param baseline with {@link Event#BEGUN}: how it was before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Entry(
    Instant at,
    String rollout,
    Event event,
    String version,
    String step,
    String target,
    List<String> reasons,
    Map<String, String> from,
    Baseline baseline) {

  /** What can happen in a rollout, in the order in which it may. */
  public enum Event {
    /** All is as it should be, so that it may begin. */
    BEGUN,
    /** A step begins. */
    STEP,
    /** A target is about to get the version; whether it has it is open until the next word. */
    DEPLOYING,
    /** A target has it and is ready. */
    DEPLOYED,
    /** A look was bad, or the first good one after such. */
    CHECKED,
    /** A step was well for as long as it had to be. */
    PASSED,
    /** It does not go on; the way back begins. */
    FAILED,
    /** A target is about to go back. */
    RESTORING,
    /** A target is back, and ready. */
    RESTORED,
    /** The end: every target has the version. */
    DONE,
    /** The end: every target is back, ready and well. */
    ROLLED_BACK,
    /** The end: some target is not back, and a person has to see to it. */
    ROLLBACK_FAILED;

    /** Whether nothing comes after it. */
    public boolean isEnd() {
      return this == DONE || this == ROLLED_BACK || this == ROLLBACK_FAILED;
    }
  }
}
