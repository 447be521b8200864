package io.tocsin.streams.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;

/** A condition that has been checked. */
final class Condition {

  /** Longest part of an error's text that is kept. */
  private static final int LONGEST = 300;

  /** What a condition says of one event. */
  sealed interface Verdict {
    /** It is true of it. */
    record Holds() implements Verdict {}

    /** It is not. */
    record HoldsNot() implements Verdict {}

    /** It cannot be told, such as for a missing attribute. */
    record Failed(String why) implements Verdict {}
  }

  private static final Verdict HOLDS = new Verdict.Holds();
  private static final Verdict HOLDS_NOT = new Verdict.HoldsNot();

  private final CelRuntime.Program program;

  /** One that is always true. */
  static final Condition ALWAYS = new Condition(null);

  Condition(CelRuntime.Program program) {
    this.program = program;
  }

  /**
   * Evaluates it.
   *
   * @param fields by name, as {@link Conditions} declares them
   */
  Verdict of(Map<String, Object> fields) {
    if (program == null) {
      return HOLDS;
    }
    try {
      return Boolean.TRUE.equals(program.eval(fields)) ? HOLDS : HOLDS_NOT;
    } catch (CelEvaluationException failed) {
      return new Verdict.Failed(cut(failed.getMessage()));
    } catch (RuntimeException mistake) {
      // A function of the library that does not expect its input must not stop the judging.
      return new Verdict.Failed(cut(mistake.toString()));
    }
  }

  private static String cut(String text) {
    String shown = text == null ? "no reason is known" : text.strip();
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST);
  }
}
