package io.tocsin.alerting.rules;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import io.tocsin.alerting.signal.FieldDoc;
import io.tocsin.alerting.signal.FieldType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets people write {@code errors == 5} and {@code cpu * 2 > 5}: CEL does not mix whole numbers
 * with others, so a whole literal becomes a double where it meets a figure. All figures are
 * doubles.
 */
final class NumberLiterals {

  private static final Set<String> ARITHMETIC = Set.of("_+_", "_-_", "_*_", "_/_", "-_");
  private static final Set<String> COMPARISONS =
      Set.of("_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_", "@in");
  private static final String CHOICE = "_?_:_";

  private final Map<String, FieldDoc> names;

  NumberLiterals(Map<String, FieldDoc> names) {
    this.names = names;
  }

  /** Rewrites an expression in place. */
  void widen(CelMutableExpr expression) {
    switch (expression.getKind()) {
      case CALL -> call(expression);
      case SELECT -> widen(expression.select().operand());
      case LIST -> expression.list().elements().forEach(this::widen);
      case MAP ->
          expression
              .map()
              .entries()
              .forEach(
                  entry -> {
                    widen(entry.key());
                    widen(entry.value());
                  });
      case COMPREHENSION -> {
        widen(expression.comprehension().iterRange());
        widen(expression.comprehension().accuInit());
        widen(expression.comprehension().loopCondition());
        widen(expression.comprehension().loopStep());
        widen(expression.comprehension().result());
      }
      default -> {
        // Nothing in it.
      }
    }
  }

  private void call(CelMutableExpr expression) {
    expression.call().target().ifPresent(this::widen);
    List<CelMutableExpr> args = expression.call().args();
    args.forEach(this::widen);
    String function = expression.call().function();
    if (ARITHMETIC.contains(function) || COMPARISONS.contains(function)) {
      if (args.stream().anyMatch(this::isDouble)) {
        args.forEach(this::toDouble);
      }
    } else if (function.equals(CHOICE) && (isDouble(args.get(1)) || isDouble(args.get(2)))) {
      toDouble(args.get(1));
      toDouble(args.get(2));
    }
  }

  private boolean isDouble(CelMutableExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> expression.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE;
      case IDENT -> {
        FieldDoc doc = names.get(expression.ident().name());
        yield doc != null && doc.type() == FieldType.NUMBER;
      }
      case CALL -> {
        String function = expression.call().function();
        List<CelMutableExpr> args = expression.call().args();
        yield function.equals("double")
            || ARITHMETIC.contains(function) && args.stream().anyMatch(this::isDouble)
            || function.equals(CHOICE) && (isDouble(args.get(1)) || isDouble(args.get(2)));
      }
      default -> false;
    };
  }

  private void toDouble(CelMutableExpr expression) {
    if (expression.getKind() == Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.INT64_VALUE) {
      expression.setConstant(CelConstant.ofValue((double) expression.constant().int64Value()));
    } else if (expression.getKind() == Kind.LIST) {
      expression.list().elements().forEach(this::toDouble);
    } else if (expression.getKind() == Kind.CALL
        && ARITHMETIC.contains(expression.call().function())) {
      expression.call().args().forEach(this::toDouble);
    } else if (expression.getKind() == Kind.CALL && expression.call().function().equals(CHOICE)) {
      toDouble(expression.call().args().get(1));
      toDouble(expression.call().args().get(2));
    }
  }
}
