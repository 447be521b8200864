package io.tocsin.alerting.healing.execute.kubernetes;

import java.util.Map;

/** What was seen before an action. */
final class Facts {

  private Facts() {}

  /**
   * One of them.
   *
   * @throws LeftAloneException if it was not seen
   */
  static String of(Map<String, String> facts, String name) throws LeftAloneException {
    String fact = facts.get(name);
    if (fact == null) {
      throw new LeftAloneException("how it was before is not known, so it stays as it is");
    }
    return fact;
  }
}
