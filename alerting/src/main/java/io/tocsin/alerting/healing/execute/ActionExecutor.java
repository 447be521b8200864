package io.tocsin.alerting.healing.execute;

import io.tocsin.alerting.healing.config.RestartAction;

/** Carries actions out. Called from several threads at a time. */
@FunctionalInterface
public interface ActionExecutor {

  /**
   * Carries an action out and waits until it is over, or its time is.
   *
   * @param action what to run
   * @param targetId one of the action's own targets
   * @param incidentId has been checked to be an id
   * @return what came of it; a failure to start is an outcome, not an exception
   * @throws InterruptedException if the caller stops waiting; the action is left to itself
   */
  ActionOutcome execute(RestartAction action, String targetId, String incidentId)
      throws InterruptedException;
}
