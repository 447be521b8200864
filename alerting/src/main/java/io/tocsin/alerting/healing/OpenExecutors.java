package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The executors of all configured actions, each opened once. Thread-safe. */
final class OpenExecutors implements AutoCloseable {

  private final Map<String, ActionExecutor> byAction;

  private OpenExecutors(Map<String, ActionExecutor> byAction) {
    this.byAction = byAction;
  }

  /** Opens the executors of some actions. */
  static OpenExecutors open(List<Action> actions, ExecutorContext context) {
    return new OpenExecutors(
        actions.stream()
            .collect(
                Collectors.toUnmodifiableMap(Action::name, action -> action.does().open(context))));
  }

  /** For tests: the same executor for all actions. */
  static OpenExecutors of(List<Action> actions, ActionExecutor executor) {
    return new OpenExecutors(
        actions.stream().collect(Collectors.toUnmodifiableMap(Action::name, action -> executor)));
  }

  /** The executor of a configured action. */
  ActionExecutor of(Action action) {
    return byAction.get(action.name());
  }

  @Override
  public void close() {
    byAction.values().forEach(ActionExecutor::close);
  }
}
