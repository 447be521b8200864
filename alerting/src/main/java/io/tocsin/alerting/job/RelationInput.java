package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.Outcome;
import io.tocsin.schemas.Alert;

/**
 * One input of the rules that look at several resources; one of its parts is there.
 *
 * @param fact a figure that a rule compares
 * @param alert what another rule says
 */
public record RelationInput(Outcome.Fact fact, Alert alert) {

  static RelationInput of(Outcome.Fact fact) {
    return new RelationInput(fact, null);
  }

  static RelationInput of(Alert alert) {
    return new RelationInput(null, alert);
  }
}
