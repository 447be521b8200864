package io.tocsin.alerting.job;

import io.tocsin.alerting.incidents.HealPolicies;
import io.tocsin.alerting.incidents.HealPolicy;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.RuleText;
import java.io.Serializable;
import java.util.List;

/**
 * What the alerting job is told when it is made. What the topic of rules says later holds over the
 * rules in here.
 *
 * @param rules that can be read, with unique names
 * @param actions what may be tried, first tried first
 */
public record AlertingConfig(List<RuleText> rules, List<AllowedAction> actions)
    implements Serializable {

  /**
   * An action of the responder, as far as alerting has to know it.
   *
   * @param name its name in the responder's configuration
   * @param targets resource ids, or names of services all of whose resources it covers
   */
  public record AllowedAction(String name, List<String> targets, HealPolicy policy)
      implements Serializable {

    /** Copies what it is given. */
    public AllowedAction {
      targets = List.copyOf(targets);
    }

    boolean covers(String resourceId, String service) {
      return targets.contains(resourceId) || service != null && targets.contains(service);
    }
  }

  /** Copies what it is given. */
  public AlertingConfig {
    rules = List.copyOf(rules);
    actions = List.copyOf(actions);
  }

  /** How each action may be tried, and on what. */
  public HealPolicies healPolicies() {
    return (name, resourceId, service) ->
        actions.stream()
            .filter(action -> action.name().equals(name) && action.covers(resourceId, service))
            .map(AllowedAction::policy)
            .findFirst();
  }

  /**
   * The alert with what may be tried: a rule that names no action of its own leaves it to the
   * actions that are meant for a resource which answers no more.
   */
  public Alert withActions(Alert alert) {
    if (!alert.getUnavailable() || !alert.getHeal().isEmpty()) {
      return alert;
    }
    List<String> names =
        actions.stream()
            .filter(action -> action.covers(alert.getResourceId(), alert.getService()))
            .map(AllowedAction::name)
            .toList();
    return names.isEmpty() ? alert : Alert.newBuilder(alert).setHeal(names).build();
  }
}
