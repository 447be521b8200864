package io.tocsin.server.rule;

import io.tocsin.server.http.RequestProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of requests about rules. */
final class RuleBody {

  /** As long as most topics are retained. */
  static final Duration LONGEST_BACKTEST = Duration.ofDays(1);

  private RuleBody() {}

  /** Rules as YAML, such as a file of them. */
  record Text(@Nullable String text, @Nullable String by) {
    String required() throws RequestProblem {
      return RuleBody.required("text", text);
    }
  }

  /**
   * Tests and the rules under test, both as YAML.
   *
   * @param rules null for those in force
   */
  record Tests(@Nullable String rules, @Nullable String tests) {
    String required() throws RequestProblem {
      return RuleBody.required("tests", tests);
    }
  }

  /**
   * A stretch of time to try rules on.
   *
   * @param rules YAML; null for those in force
   * @param to null for now
   */
  record Backtest(@Nullable String rules, @Nullable Instant from, @Nullable Instant to) {

    Instant end(Instant now) {
      return to == null || to.isAfter(now) ? now : to;
    }

    Instant begin(Instant now) throws RequestProblem {
      List<String> problems = new ArrayList<>();
      if (from == null) {
        problems.add("from: is missing; write such as 2026-01-01T00:00:00Z");
      } else if (!from.isBefore(end(now))) {
        problems.add("from: has to be before to, and before now");
      } else if (from.isBefore(end(now).minus(LONGEST_BACKTEST))) {
        problems.add("from: a day is tried at once; tocsin rules backtest takes more");
      }
      if (from == null || !problems.isEmpty()) {
        throw new RequestProblem(problems);
      }
      return from;
    }
  }

  private static String required(String field, @Nullable String value) throws RequestProblem {
    if (value == null || value.isBlank()) {
      throw new RequestProblem(List.of(field + ": is missing; send YAML"));
    }
    return value;
  }
}
