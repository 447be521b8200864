package io.tocsin.alerting.rules;

import io.tocsin.alerting.signal.Fields;

/**
 * What most conditions are made of, without CEL's interpreter: says exactly what CEL says of it.
 * Conjunction and disjunction are Kleene's: what is decided by one side does not need the other.
 */
sealed interface Plain {

  Truth of(Fields fields);

  /** Both hold. */
  record And(Plain left, Plain right) implements Plain {
    @Override
    public Truth of(Fields fields) {
      Truth one = left.of(fields);
      if (one == Truth.FALSE) {
        return one;
      }
      Truth other = right.of(fields);
      return one == Truth.TRUE || other == Truth.FALSE ? other : Truth.UNKNOWN;
    }
  }

  /** One of both holds. */
  record Or(Plain left, Plain right) implements Plain {
    @Override
    public Truth of(Fields fields) {
      Truth one = left.of(fields);
      if (one == Truth.TRUE) {
        return one;
      }
      Truth other = right.of(fields);
      return one == Truth.FALSE || other == Truth.TRUE ? other : Truth.UNKNOWN;
    }
  }

  /** It does not hold. */
  record Not(Plain of) implements Plain {
    @Override
    public Truth of(Fields fields) {
      return of.of(fields).not();
    }
  }

  /** A figure that is true or false. */
  record Flag(String field) implements Plain {
    @Override
    public Truth of(Fields fields) {
      return fields.get(field) instanceof Boolean flag ? Truth.of(flag) : Truth.UNKNOWN;
    }
  }

  /** A text is, or is not, a certain one. */
  record Same(String field, String text, boolean isNot) implements Plain {
    @Override
    public Truth of(Fields fields) {
      return fields.get(field) instanceof String it
          ? Truth.of(it.equals(text) != isNot)
          : Truth.UNKNOWN;
    }
  }

  /** Two numbers compare. */
  record Compare(Operand left, Comparison comparison, Operand right) implements Plain {
    @Override
    public Truth of(Fields fields) {
      double one = left.of(fields);
      double other = right.of(fields);
      return Double.isNaN(one) || Double.isNaN(other)
          ? Truth.UNKNOWN
          : Truth.of(comparison.holds(one, other));
    }
  }

  /** A number; NaN if it is not known. */
  sealed interface Operand {
    double of(Fields fields);

    /** A figure. */
    record Figure(String field) implements Operand {
      @Override
      public double of(Fields fields) {
        return fields.number(field);
      }
    }

    /** Always the same one. */
    record Constant(double value) implements Operand {
      @Override
      public double of(Fields fields) {
        return value;
      }
    }
  }

  /** How two numbers compare. */
  enum Comparison {
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    EQUAL,
    NOT_EQUAL;

    boolean holds(double one, double other) {
      return switch (this) {
        case LESS -> one < other;
        case LESS_OR_EQUAL -> one <= other;
        case GREATER -> one > other;
        case GREATER_OR_EQUAL -> one >= other;
        case EQUAL -> one == other;
        case NOT_EQUAL -> one != other;
      };
    }
  }
}
