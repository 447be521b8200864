package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.glob.Glob;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.ModeRule;
import io.tocsin.schemas.Priority;

/** Which mode holds for a plan. */
public final class ModeRules {

  private ModeRules() {}

  /** The mode of the first rule that matches, else that of the whole section. */
  public static Mode mode(
      HealingConfig config, String action, Priority priority, String environment) {
    return config.modes().stream()
        .filter(rule -> new Glob(rule.action()).matches(action))
        .filter(rule -> rule.priorities().isEmpty() || rule.priorities().contains(priority))
        .filter(rule -> new Glob(rule.environment()).matches(environment))
        .map(ModeRule::mode)
        .findFirst()
        .orElse(config.mode());
  }
}
