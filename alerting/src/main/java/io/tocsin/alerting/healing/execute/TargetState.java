package io.tocsin.alerting.healing.execute;

import java.util.Map;
import java.util.Optional;

/**
 * How a target stands, as its executor sees it.
 *
 * @param words for people and the audit: one plain line, at most 300 characters
 * @param facts what {@link ActionExecutor#compensate} needs to put things back, such as {@code
 *     weight=100}
 * @param owner who else is about to restart, move or replace it right now, in words; empty if
 *     nobody is. Such a target is left alone
 */
public record TargetState(String words, Map<String, String> facts, Optional<String> owner) {

  /** Copies the facts. */
  public TargetState {
    facts = Map.copyOf(facts);
  }

  /** A state without facts or owner. */
  public static TargetState of(String words) {
    return new TargetState(words, Map.of(), Optional.empty());
  }
}
