package io.tocsin.alerting.job;

import io.tocsin.alerting.external.ExternalAlerts;
import io.tocsin.alerting.healing.config.Ladder;
import io.tocsin.alerting.incidents.HealPolicies;
import io.tocsin.alerting.incidents.HealPolicy;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.RuleText;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the alerting job is told when it is made. What the topic of rules says later holds over the
 * rules in here.
 *
 * @param rules that can be read, with unique names
 * @param actions what may be tried, first tried first
 * @param ladders what is tried in which order where the rule does not say it
 * @param healingFirst how long people need not hear of a P2 or P3 that may be healed without them
 * @param signingKey file with the key that plans are signed with, on the machine where the job
 *     runs; null for plans without signature
 */
public record AlertingConfig(
    List<RuleText> rules,
    List<AllowedAction> actions,
    List<Ladder> ladders,
    Duration healingFirst,
    String signingKey)
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
    ladders = List.copyOf(ladders);
  }

  /** Rules alone: people hear of everything at once. */
  public AlertingConfig(List<RuleText> rules, List<AllowedAction> actions) {
    this(rules, actions, List.of(), Duration.ZERO, null);
  }

  private List<String> steps(Alert alert) {
    if (alert.getHeal().isEmpty()) {
      String service = alert.getService() == null ? "" : alert.getService();
      // Whoever may send alerts chooses their labels, and so the resource: nothing is healed on
      // their
      // word unless the operator has named their rules.
      boolean isForeign = alert.getRule().startsWith(ExternalAlerts.RULE_PREFIX);
      return ladders.stream()
          .filter(ladder -> !isForeign || !ladder.rules().isEmpty())
          .filter(ladder -> ladder.covers(alert.getRule(), service))
          .findFirst()
          .map(Ladder::steps)
          .orElse(List.of());
    }
    return alert.getHeal().stream()
        .flatMap(
            name ->
                ladders.stream()
                    .filter(ladder -> ladder.name().equals(name))
                    .findFirst()
                    .map(ladder -> ladder.steps().stream())
                    .orElse(Stream.of(name)))
        .toList();
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
   * The alert with what may be tried: what its rule names, with ladders in place of their names;
   * else the first ladder that matches; else, where the resource answers no more, the actions that
   * are meant for it.
   */
  public Alert withActions(Alert alert) {
    List<String> steps = steps(alert);
    if (!steps.isEmpty()) {
      return steps.equals(alert.getHeal()) ? alert : Alert.newBuilder(alert).setHeal(steps).build();
    }
    if (!alert.getUnavailable()) {
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
