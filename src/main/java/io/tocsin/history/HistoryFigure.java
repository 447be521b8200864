package io.tocsin.history;

/**
 * A figure that history keeps.
 *
 * @param table where
 * @param name as people ask for it
 * @param unit UCUM-like unit, such as {@code %}, {@code By/s}, {@code ms}; empty for plain numbers
 * @param meaning in words
 * @param statistics which columns it has
 */
public record HistoryFigure(
    HistoryTable table, String name, String unit, String meaning, Statistics statistics) {

  /** Which columns a figure has. */
  enum Statistics {
    /** One column of the figure's name. */
    ONE,
    /** {@code _mean}, {@code _max}, {@code _p50}, {@code _p95} and {@code _p99}. */
    FIVE,
    /** {@code _mean} and {@code _max}. */
    FLOW,
    /** {@code _mean}, {@code _max} and {@code _min}. */
    SPREAD
  }

  /** Whether an aggregate is made of a column that no other is made of. */
  boolean hasOwn(Aggregate aggregate) {
    return switch (aggregate) {
      case MEAN -> true;
      case MAX -> statistics != Statistics.ONE;
      case MIN -> statistics == Statistics.SPREAD;
      case P95 -> statistics == Statistics.FIVE;
    };
  }

  /** The column that an aggregate is made of. Both parts of its name are this program's own. */
  public String column(Aggregate aggregate) {
    return switch (statistics) {
      case ONE -> name;
      case FIVE ->
          name
              + switch (aggregate) {
                case MEAN, MIN -> "_mean";
                case MAX -> "_max";
                case P95 -> "_p95";
              };
      case FLOW -> name + (aggregate == Aggregate.MAX ? "_max" : "_mean");
      case SPREAD ->
          name
              + switch (aggregate) {
                case MEAN, P95 -> "_mean";
                case MAX -> "_max";
                case MIN -> "_min";
              };
    };
  }
}
