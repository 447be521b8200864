package io.tocsin.alerting.healing.guard;

import java.util.List;

/**
 * A decision, and who had no objection.
 *
 * @param decision what is to become of the plan
 * @param passed names of the guards that were asked and had no objection, in their order
 */
public record Judgement(Decision decision, List<String> passed) {

  /** Copies the names. */
  public Judgement {
    passed = List.copyOf(passed);
  }
}
