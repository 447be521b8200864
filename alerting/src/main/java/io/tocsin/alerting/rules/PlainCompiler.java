package io.tocsin.alerting.rules;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.tocsin.alerting.rules.Plain.Comparison;
import io.tocsin.alerting.rules.Plain.Operand;
import io.tocsin.alerting.signal.FieldDoc;
import io.tocsin.alerting.signal.FieldType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes {@link Plain} of a checked expression; of what is more than that, nothing. */
final class PlainCompiler {

  private static final Map<String, Comparison> COMPARISONS =
      Map.of(
          "_<_", Comparison.LESS,
          "_<=_", Comparison.LESS_OR_EQUAL,
          "_>_", Comparison.GREATER,
          "_>=_", Comparison.GREATER_OR_EQUAL,
          "_==_", Comparison.EQUAL,
          "_!=_", Comparison.NOT_EQUAL);

  private final Map<String, FieldDoc> names;

  PlainCompiler(Map<String, FieldDoc> names) {
    this.names = names;
  }

  Optional<Plain> compile(CelExpr expression) {
    if (expression.getKind() == Kind.IDENT) {
      return field(expression, FieldType.BOOL).map(Plain.Flag::new);
    }
    if (expression.getKind() != Kind.CALL) {
      return Optional.empty();
    }
    List<CelExpr> args = expression.call().args();
    return switch (expression.call().function()) {
      case "_&&_" -> both(args, Plain.And::new);
      case "_||_" -> both(args, Plain.Or::new);
      case "!_" -> compile(args.get(0)).map(Plain.Not::new);
      default -> {
        Comparison comparison = COMPARISONS.get(expression.call().function());
        yield comparison == null ? Optional.empty() : compare(comparison, args);
      }
    };
  }

  private Optional<Plain> both(List<CelExpr> args, Join join) {
    Optional<Plain> left = compile(args.get(0));
    Optional<Plain> right = left.isEmpty() ? left : compile(args.get(1));
    return right.map(other -> join.of(left.get(), other));
  }

  private Optional<Plain> compare(Comparison comparison, List<CelExpr> args) {
    Optional<Operand> left = operand(args.get(0));
    Optional<Operand> right = operand(args.get(1));
    if (left.isPresent() && right.isPresent()) {
      return Optional.of(new Plain.Compare(left.get(), comparison, right.get()));
    }
    if (comparison != Comparison.EQUAL && comparison != Comparison.NOT_EQUAL) {
      return Optional.empty();
    }
    boolean textIsLeft = constant(args.get(0), CelConstant.Kind.STRING_VALUE);
    CelExpr text = args.get(textIsLeft ? 0 : 1);
    if (!constant(text, CelConstant.Kind.STRING_VALUE)) {
      return Optional.empty();
    }
    return field(args.get(textIsLeft ? 1 : 0), FieldType.TEXT)
        .map(
            name ->
                new Plain.Same(
                    name, text.constant().stringValue(), comparison == Comparison.NOT_EQUAL));
  }

  private Optional<Operand> operand(CelExpr expression) {
    if (constant(expression, CelConstant.Kind.DOUBLE_VALUE)) {
      return Optional.of(new Operand.Constant(expression.constant().doubleValue()));
    }
    return field(expression, FieldType.NUMBER).map(Operand.Figure::new);
  }

  private Optional<String> field(CelExpr expression, FieldType type) {
    if (expression.getKind() != Kind.IDENT) {
      return Optional.empty();
    }
    FieldDoc doc = names.get(expression.ident().name());
    return doc != null && doc.type() == type ? Optional.of(doc.name()) : Optional.empty();
  }

  private static boolean constant(CelExpr expression, CelConstant.Kind kind) {
    return expression.getKind() == Kind.CONSTANT && expression.constant().getKind() == kind;
  }

  private interface Join {
    Plain of(Plain left, Plain right);
  }
}
