package io.tocsin.alerting.incident;

import java.util.List;

/**
 * The result of one input.
 *
 * @param track what is remembered from here on
 * @param decisions what follows, in order; empty if all is well and stays so
 */
public record Step(Track track, List<Decision> decisions) {

  public Step {
    decisions = List.copyOf(decisions);
  }
}
