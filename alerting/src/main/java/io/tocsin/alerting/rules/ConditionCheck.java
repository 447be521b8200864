package io.tocsin.alerting.rules;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.tocsin.alerting.signal.FieldDoc;
import io.tocsin.alerting.signal.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Looks over a checked expression: which number it is about, and comparisons that never hold. */
final class ConditionCheck {

  private final Map<String, FieldDoc> names;
  private final Set<String> numbers = new LinkedHashSet<>();
  private final Set<String> compared = new LinkedHashSet<>();

  ConditionCheck(Map<String, FieldDoc> names) {
    this.names = names;
  }

  /**
   * Walks over it.
   *
   * @param problem takes the id of a part and what is wrong with it
   */
  void look(CelExpr expression, BiConsumer<Long, String> problem) {
    if (expression.getKind() == Kind.IDENT && isNumber(expression)) {
      numbers.add(expression.ident().name());
    } else if (expression.getKind() == Kind.CALL) {
      List<CelExpr> args = expression.call().args();
      boolean equality = expression.call().function().matches("_[!=]=_");
      if (equality) {
        words(args.get(0), args.get(1), problem);
        words(args.get(1), args.get(0), problem);
      }
      boolean comparison = equality || expression.call().function().matches("_[<>]=?_");
      if (comparison && isNumber(args.get(0))) {
        compared.add(args.get(0).ident().name());
      }
    }
    parts(expression).forEach(part -> look(part, problem));
  }

  /** The number it is about: the only one, or the only one that is compared to something. */
  String field() {
    if (numbers.size() == 1) {
      return numbers.iterator().next();
    }
    return compared.size() == 1 ? compared.iterator().next() : "";
  }

  private void words(CelExpr name, CelExpr text, BiConsumer<Long, String> problem) {
    if (name.getKind() != Kind.IDENT
        || text.getKind() != Kind.CONSTANT
        || text.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return;
    }
    FieldDoc doc = names.get(name.ident().name());
    String written = text.constant().stringValue();
    if (doc != null && !doc.words().isEmpty() && !doc.words().contains(written)) {
      problem.accept(
          text.id(),
          doc.name()
              + " is never \""
              + written
              + "\"; it is one of "
              + String.join(", ", doc.words()));
    }
  }

  private boolean isNumber(CelExpr expression) {
    return expression.getKind() == Kind.IDENT
        && names.containsKey(expression.ident().name())
        && names.get(expression.ident().name()).type() == FieldType.NUMBER;
  }

  private static List<CelExpr> parts(CelExpr expression) {
    List<CelExpr> parts = new ArrayList<>();
    switch (expression.getKind()) {
      case CALL -> {
        expression.call().target().ifPresent(parts::add);
        parts.addAll(expression.call().args());
      }
      case SELECT -> parts.add(expression.select().operand());
      case LIST -> parts.addAll(expression.list().elements());
      case COMPREHENSION -> {
        parts.add(expression.comprehension().iterRange());
        parts.add(expression.comprehension().loopStep());
      }
      default -> {
        // Nothing in it.
      }
    }
    return parts;
  }
}
