package io.tocsin.streams.policy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import io.tocsin.schemas.SecurityEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Conditions in CEL over an event's fields: {@code resource}, {@code kind}, {@code service}, {@code
 * container}, {@code image}, {@code action}, {@code severity}, {@code source}, {@code title}, all
 * text and empty where the event has none, and {@code attributes}, a map of texts. An attribute
 * that may be missing has to be asked for first: {@code "risks" in attributes &&
 * attributes["risks"].contains("privileged")}.
 *
 * <p>What one may cost is bounded where it is compiled: its length, depth and number of parts, the
 * iterations of all its loops together, and the size of a regular expression (RE2, linear in the
 * text). The limits are ours: far above what a person writes, and at about a millisecond for the
 * worst.
 */
final class Conditions {

  /** Longest condition, in characters. */
  static final int LONGEST = 2_000;

  private static final int DEPTH = 32;
  private static final int PARTS = 500;
  private static final int ITERATIONS = 1_000;
  private static final int REGEX_PROGRAM = 1_000;

  private static final Cel CEL =
      CelFactory.standardCelBuilder()
          .setOptions(
              CelOptions.current()
                  .maxExpressionCodePointSize(LONGEST)
                  .maxParseRecursionDepth(DEPTH)
                  .maxParseExpressionNodeCount(PARTS)
                  .maxParseErrorRecoveryLimit(10)
                  .comprehensionMaxIterations(ITERATIONS)
                  .maxRegexProgramSize(REGEX_PROGRAM)
                  .build())
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("resource", SimpleType.STRING)
          .addVar("kind", SimpleType.STRING)
          .addVar("service", SimpleType.STRING)
          .addVar("container", SimpleType.STRING)
          .addVar("image", SimpleType.STRING)
          .addVar("action", SimpleType.STRING)
          .addVar("severity", SimpleType.STRING)
          .addVar("source", SimpleType.STRING)
          .addVar("title", SimpleType.STRING)
          .addVar("attributes", MapType.create(SimpleType.STRING, SimpleType.STRING))
          .setResultType(SimpleType.BOOL)
          .build();

  /** A condition, or what is wrong with it. */
  sealed interface Compiled {
    record Good(Condition condition) implements Compiled {}

    record Bad(List<String> problems) implements Compiled {}
  }

  private Conditions() {}

  /** Compiles and checks; a blank one is always true. */
  static Compiled compile(String text) {
    if (text.isBlank()) {
      return new Compiled.Good(Condition.ALWAYS);
    }
    if (text.length() > LONGEST) {
      return new Compiled.Bad(
          List.of("has " + text.length() + " characters; " + LONGEST + " are allowed"));
    }
    CelValidationResult checked = CEL.compile(text);
    if (checked.hasError()) {
      return new Compiled.Bad(checked.getErrors().stream().map(Conditions::sentence).toList());
    }
    try {
      return new Compiled.Good(new Condition(CEL.createProgram(checked.getAst())));
    } catch (CelValidationException | CelEvaluationException bad) {
      return new Compiled.Bad(List.of(String.valueOf(bad.getMessage())));
    }
  }

  /** The fields of an event as conditions name them. */
  static Map<String, Object> fields(SecurityEvent event) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("resource", event.getResourceId());
    fields.put("kind", event.getKind().name());
    fields.put("service", orEmpty(event.getService()));
    fields.put("container", orEmpty(event.getContainer()));
    fields.put("image", orEmpty(event.getImage()));
    fields.put("action", event.getAction());
    fields.put("severity", event.getSeverity().name());
    fields.put("source", event.getSource().name());
    fields.put("title", event.getTitle());
    fields.put("attributes", event.getAttributes());
    return fields;
  }

  private static String sentence(CelIssue issue) {
    int line = issue.getSourceLocation().getLine();
    int column = issue.getSourceLocation().getColumn();
    return line < 1
        ? issue.getMessage()
        : issue.getMessage() + " (line " + line + ", column " + (column + 1) + " of it)";
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
