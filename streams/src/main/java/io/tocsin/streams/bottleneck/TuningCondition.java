package io.tocsin.streams.bottleneck;

import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Metric;

/** When an advice fits. A figure that is not known fits nothing. */
public record TuningCondition(Metric metric, Comparison op, double value) {

  /** How the measured value is held against the condition's. */
  public enum Comparison {
    /** At least. */
    AT_LEAST(">="),
    /** More than. */
    ABOVE(">"),
    /** At most. */
    AT_MOST("<="),
    /** Less than. */
    BELOW("<");

    private final String symbol;

    Comparison(String symbol) {
      this.symbol = symbol;
    }

    /** As the catalogue writes it. */
    public String symbol() {
      return symbol;
    }
  }

  boolean fits(Interval interval) {
    double measured = interval.value(metric);
    return switch (op) {
      case AT_LEAST -> measured >= value;
      case ABOVE -> measured > value;
      case AT_MOST -> measured <= value;
      case BELOW -> measured < value;
    };
  }

  /** What was measured, and why that fits. */
  String because(Interval interval) {
    String held = op.symbol() + " " + MetricWords.number(value);
    return MetricWords.of(metric, interval.value(metric)) + " (" + held + ")";
  }

  /** As people read it in the catalogue, such as {@code steal-percent >= 10}. */
  public String words() {
    return MetricWords.key(metric) + " " + op.symbol() + " " + MetricWords.number(value);
  }
}
