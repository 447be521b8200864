package io.tocsin.alerting.healing.execute;

import java.util.Optional;

/**
 * Carries one configured action out: the contract of every plug-in, tested by one test that all of
 * them pass. Called from several threads at a time, but never twice for one target.
 *
 * <p>Whatever the other side does (away, slow, hanging, refusing, answering nonsense) is an outcome
 * and no exception, and is over within the order's timeout and a second.
 */
public interface ActionExecutor extends AutoCloseable {

  /**
   * Looks at the target and changes nothing. Within two seconds; what cannot be seen is said in the
   * state's words.
   *
   * @throws InterruptedException if the caller stops waiting
   */
  TargetState look(Order order) throws InterruptedException;

  /**
   * Does it and waits until it is over, or its time is.
   *
   * @return what came of it; a failure to begin is an outcome, not an exception
   * @throws InterruptedException if the caller stops waiting; the action is left to itself
   */
  ActionOutcome execute(Order order) throws InterruptedException;

  /**
   * Puts things back to how they were before an execution that did not help, where that can be
   * done: a server drained is made ready, a weight is set back, a size is set back. A restart
   * cannot be undone.
   *
   * @param before what {@link #look} saw right before
   * @return what came of it; empty if there is nothing to be put back
   * @throws InterruptedException if the caller stops waiting
   */
  default Optional<ActionOutcome> compensate(Order order, TargetState before)
      throws InterruptedException {
    return Optional.empty();
  }

  @Override
  default void close() {}
}
