package io.tocsin.alerting.healing.config;

import io.tocsin.schemas.Priority;
import java.util.List;
import java.util.Objects;

/**
 * A mode for some plans. Of several that match, the first one counts; where none does, the mode of
 * the whole section.
 *
 * @param action glob over the action's name; {@code *} by default
 * @param priorities of the incident; all if empty
 * @param environment glob over the name of the target's environment; {@code *} by default. A target
 *     of no environment has the empty name, which {@code *} matches
 * @param mode what holds
 */
public record ModeRule(String action, List<Priority> priorities, String environment, Mode mode) {

  /** Fills in the defaults. */
  public ModeRule {
    action = action == null ? "*" : action;
    priorities = priorities == null ? List.of() : List.copyOf(priorities);
    environment = environment == null ? "*" : environment;
    Objects.requireNonNull(mode, "mode is missing");
  }
}
