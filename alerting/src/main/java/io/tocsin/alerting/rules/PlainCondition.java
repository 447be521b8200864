package io.tocsin.alerting.rules;

import io.tocsin.alerting.signal.Fields;

/** A condition of comparisons only, evaluated without CEL's interpreter. */
record PlainCondition(String text, String field, Plain plain) implements Condition {

  @Override
  public Truth of(Fields fields) {
    return plain.of(fields);
  }
}
