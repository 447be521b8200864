package io.tocsin.alerting.rules;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelMutableAst;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import io.tocsin.alerting.signal.FieldDoc;
import io.tocsin.alerting.signal.FieldType;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.alerting.yaml.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conditions in <a href="https://cel.dev">CEL</a> over the figures of one signal and derivation,
 * typed, so that a wrong name or type is found when a rule is read.
 *
 * <p>What one may cost is bounded where it is compiled: its length, depth and number of parts, the
 * iterations of all its loops together, and the size of a regular expression (RE2, linear in the
 * text). The limits are ours, far above what a person writes. Thread-safe.
 */
final class Conditions {

  /** Longest condition, in characters. */
  static final int LONGEST = 2_000;

  private static final int DEPTH = 32;
  private static final int PARTS = 500;
  private static final int ITERATIONS = 1_000;
  private static final int REGEX_PROGRAM = 1_000;
  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(DEPTH)
          .maxParseExpressionNodeCount(PARTS)
          .maxParseErrorRecoveryLimit(10)
          .comprehensionMaxIterations(ITERATIONS)
          .maxRegexProgramSize(REGEX_PROGRAM)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final Map<Key, Conditions> ALL = new ConcurrentHashMap<>();

  /** Texts whose result is kept: a fleet's rules differ in what they select more than in this. */
  private static final int KEPT = 1_000;

  private final Map<String, FieldDoc> names;
  private final Cel cel;
  private final Map<String, Compiled> newest =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
              return size() > KEPT;
            }
          });

  private Conditions(Key key) {
    this.names = DerivedFields.names(key.signal(), key.derivation());
    CelBuilder builder =
        CelFactory.standardCelBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    names.values().forEach(doc -> builder.addVar(doc.name(), type(doc.type())));
    this.cel = builder.build();
  }

  /** Those over the figures of a signal and what a derivation works out. */
  static Conditions over(SignalKind signal, Class<? extends Derivation> derivation) {
    return ALL.computeIfAbsent(new Key(signal, derivation), Conditions::new);
  }

  /** A condition, or what is wrong with it. */
  sealed interface Compiled {
    record Good(Condition condition) implements Compiled {}

    record Bad(List<Fault> faults) implements Compiled {}
  }

  /**
   * One thing that is wrong.
   *
   * @param offset where in the condition, in characters
   * @param message what is wrong and what would be right
   */
  record Fault(int offset, String message) {}

  private record Key(SignalKind signal, Class<? extends Derivation> derivation) {}

  /** The names that are known here. */
  Map<String, FieldDoc> names() {
    return names;
  }

  /** Compiles and checks; takes the way without CEL's interpreter where there is one. */
  Compiled compile(String text) {
    Compiled known = newest.get(text);
    if (known == null) {
      known = compile(text, true);
      newest.put(text, known);
    }
    return known;
  }

  /** The same, always by CEL's interpreter if {@code mayBePlain} is false. */
  Compiled compile(String text, boolean mayBePlain) {
    if (text.isBlank()) {
      return bad("is empty; write a condition such as cpu_percent_mean > 90");
    }
    if (text.length() > LONGEST) {
      return bad("has " + text.length() + " characters; " + LONGEST + " are allowed");
    }
    try {
      CelValidationResult parsed = cel.parse(text);
      if (parsed.hasError()) {
        return faults(text, parsed.getErrors());
      }
      CelMutableAst ast = CelMutableAst.fromCelAst(parsed.getAst());
      new NumberLiterals(names).widen(ast.expr());
      CelValidationResult checked = cel.check(ast.toParsedAst(true));
      return checked.hasError()
          ? faults(text, checked.getErrors())
          : condition(text, checked.getAst(), mayBePlain);
    } catch (CelValidationException | CelEvaluationException bad) {
      return bad(String.valueOf(bad.getMessage()));
    }
  }

  private Compiled condition(String text, CelAbstractSyntaxTree ast, boolean mayBePlain)
      throws CelEvaluationException {
    ConditionCheck check = new ConditionCheck(names);
    List<Fault> faults = new ArrayList<>();
    check.look(
        ast.getExpr(),
        (id, message) ->
            faults.add(
                new Fault(
                    chars(text, ast.getSource().getPositionsMap().getOrDefault(id, 0)), message)));
    if (!faults.isEmpty()) {
      return new Compiled.Bad(faults);
    }
    Optional<Plain> plain =
        mayBePlain ? new PlainCompiler(names).compile(ast.getExpr()) : Optional.empty();
    return new Compiled.Good(
        plain.isPresent()
            ? new PlainCondition(text, check.field(), plain.get())
            : new CelCondition(text, check.field(), cel.createProgram(ast), names));
  }

  private Compiled faults(String text, Collection<CelIssue> issues) {
    return new Compiled.Bad(
        issues.stream().map(issue -> new Fault(offset(text, issue), sentence(issue))).toList());
  }

  private String sentence(CelIssue issue) {
    Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
    if (undeclared.matches()) {
      String name = undeclared.group(1);
      return "there is no field " + name + " here" + Spelling.hint(name, names.keySet());
    }
    return issue.getMessage().replaceFirst(" \\(candidates: .*", "");
  }

  /** CEL counts lines from 1 and columns from 0, in code points. */
  private static int offset(String text, CelIssue issue) {
    int start = 0;
    for (int line = 1; line < issue.getSourceLocation().getLine(); line++) {
      start = text.indexOf('\n', start) + 1;
    }
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    int left = text.codePointCount(start, text.length());
    return text.offsetByCodePoints(start, Math.min(column, left));
  }

  private static int chars(String text, int codePoints) {
    return text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
  }

  private static Compiled bad(String message) {
    return new Compiled.Bad(List.of(new Fault(0, message)));
  }

  private static CelType type(FieldType type) {
    return switch (type) {
      case NUMBER -> SimpleType.DOUBLE;
      case BOOL -> SimpleType.BOOL;
      case TEXT -> SimpleType.STRING;
      case LABELS -> MapType.create(SimpleType.STRING, SimpleType.STRING);
    };
  }
}
