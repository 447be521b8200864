package io.tocsin.alerting.rules;

import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.Layer;
import java.util.Optional;

/** What a rule means where its author says nothing. */
final class Defaults {

  /** Says which rule and which resource; what it looks at is in the alert itself. */
  static final String SUMMARY = "{resource} {series}: {rule}";

  private Defaults() {}

  /** The condition that hardly anybody writes otherwise. */
  static Optional<String> when(SignalKind signal, Derivation derivation) {
    if (derivation instanceof Derivation.Absence absence) {
      return Optional.of("missed > " + absence.intervals());
    } else if (derivation instanceof Derivation.Sequence sequence) {
      return Optional.of("steps >= " + sequence.steps().size());
    } else if (derivation instanceof Derivation.BurnRate) {
      return Optional.of("burning");
    } else if (derivation instanceof Derivation.Baseline
        || derivation instanceof Derivation.Difference) {
      return Optional.of("unusual");
    } else if (!(derivation instanceof Derivation.None)) {
      return Optional.empty();
    }
    return switch (signal) {
      case HEALTH -> Optional.of("!up");
      case BOTTLENECK -> Optional.of("active");
      default -> Optional.empty();
    };
  }

  /** The layer that a signal mostly speaks of. */
  static Layer layer(SignalKind signal) {
    return switch (signal) {
      case EFFICIENCY, THROUGHPUT, BOTTLENECK, ABSENCE -> Layer.INFRASTRUCTURE;
      case LATENCY, HEALTH, APPLICATION -> Layer.APPLICATION;
      case BUSINESS -> Layer.BUSINESS;
      case SECURITY -> Layer.SECURITY;
    };
  }
}
