package io.tocsin.streams.policy;

import io.tocsin.schemas.PolicyTrouble;
import io.tocsin.schemas.Violation;
import java.util.List;

/**
 * All that came of an event.
 *
 * @param decision what became of it
 * @param violations what is to be recorded: audits in the order of their rules, then a denial
 * @param troubles conditions that failed on it
 * @param auditsLeftOut audits over the limit of one event
 */
public record Judgement(
    Decision decision,
    List<Violation> violations,
    List<PolicyTrouble> troubles,
    int auditsLeftOut) {

  public Judgement {
    violations = List.copyOf(violations);
    troubles = List.copyOf(troubles);
  }
}
