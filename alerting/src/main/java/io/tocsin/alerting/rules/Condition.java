package io.tocsin.alerting.rules;

import io.tocsin.alerting.signal.Fields;

/** A condition that has been checked. Says the same of the same figures, and has no effects. */
public interface Condition {

  /** What it says of these figures. */
  Truth of(Fields fields);

  /** As its author wrote it. */
  String text();

  /**
   * The figure it chiefly looks at, for the record of what decided; empty if it looks at none or
   * several.
   */
  String field();
}
