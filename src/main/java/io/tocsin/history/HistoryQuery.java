package io.tocsin.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A question to history. It is checked when it is made; see {@link QueryProblems}.
 *
 * @param figures what is asked for, by the names of {@link Figures}; all of one table
 * @param selector whose
 * @param part the one series of a resource that is asked for; empty for each
 * @param from inclusive; steps are counted from the epoch, so the first row may be a step that
 *     began before and holds only what lies in the range
 * @param to exclusive
 * @param step length of a row: a multiple of 10 s. It is made of the windows of the coarsest {@link
 *     Tier} that fits
 * @param aggregate how a step's windows become one value
 * @param limit rows at most; an answer that grows beyond it is an error, never cut short in silence
 */
public record HistoryQuery(
    List<String> figures,
    Selector selector,
    Optional<String> part,
    Instant from,
    Instant to,
    Duration step,
    Aggregate aggregate,
    int limit) {

  /** Rows that one answer may have at the very most. */
  public static final int MOST_ROWS = 5_000_000;

  /** Rows that one series may have: a line on a screen needs far fewer. */
  public static final int MOST_STEPS = 1_000_000;

  private static final int LONGEST_TEXT = 1_024;

  /**
   * @throws QueryProblems with everything that is wrong with it
   */
  public HistoryQuery {
    figures = List.copyOf(figures);
    List<String> problems = new ArrayList<>();
    checkFigures(figures, problems);
    checkSelector(selector, part, problems);
    checkTime(from, to, step, problems);
    if (limit < 1 || limit > MOST_ROWS) {
      problems.add("limit: %d is not between 1 and %,d rows".formatted(limit, MOST_ROWS));
    }
    if (!problems.isEmpty()) {
      throw new QueryProblems(problems);
    }
  }

  /** Each resource's series, with the most rows that are allowed. */
  public static HistoryQuery of(
      List<String> figures,
      Selector selector,
      Instant from,
      Instant to,
      Duration step,
      Aggregate aggregate) {
    return new HistoryQuery(
        figures, selector, Optional.empty(), from, to, step, aggregate, MOST_ROWS);
  }

  /** The table of its figures. */
  public HistoryTable table() {
    return Figures.named(figures.get(0)).orElseThrow().table();
  }

  /** The tier that its rows are made of. */
  public Tier tier() {
    return Tier.of(step);
  }

  /** Its figures from the catalogue, in order. */
  List<HistoryFigure> catalogued() {
    return figures.stream().map(name -> Figures.named(name).orElseThrow()).toList();
  }

  private static void checkFigures(List<String> names, List<String> problems) {
    if (names.isEmpty()) {
      problems.add("figure: name at least one, such as cpu_percent");
    }
    if (new HashSet<>(names).size() < names.size()) {
      problems.add("figure: one is named twice; name each once");
    }
    List<HistoryTable> tables = new ArrayList<>();
    for (String name : names) {
      Figures.named(name)
          .ifPresentOrElse(
              known -> tables.add(known.table()), () -> problems.add(QueryWords.unknown(name)));
    }
    if (tables.stream().distinct().count() > 1) {
      problems.add(
          "figure: %s are kept in different tables; ask for those of one table at a time"
              .formatted(String.join(", ", names)));
    }
  }

  private static void checkSelector(
      Selector selector, Optional<String> part, List<String> problems) {
    String value = selector.value();
    if (selector.by().hasValue() && value.isBlank()) {
      problems.add("%s: is empty; say which one".formatted(QueryWords.lower(selector.by().name())));
    }
    if (selector.by() == Selector.By.KIND && !QueryWords.isKind(value)) {
      problems.add(QueryWords.unknownKind(value));
    }
    if (value.length() > LONGEST_TEXT || part.orElse("").length() > LONGEST_TEXT) {
      problems.add(
          "a name is longer than %,d characters; no resource has one".formatted(LONGEST_TEXT));
    }
  }

  private static void checkTime(Instant from, Instant to, Duration step, List<String> problems) {
    if (!from.isBefore(to)) {
      problems.add("range: from %s is not before to %s; exchange them".formatted(from, to));
      return;
    }
    long finest = Tier.TEN_SECONDS.size().toMillis();
    if (step.compareTo(Tier.TEN_SECONDS.size()) < 0 || step.toMillis() % finest != 0) {
      problems.add(
          "step: %s is not a multiple of 10s; history has nothing finer"
              .formatted(QueryWords.span(step)));
      return;
    }
    long steps = Duration.between(from, to).dividedBy(step);
    if (steps > MOST_STEPS) {
      problems.add(
          "range: %s to %s in steps of %s is %,d rows for each series, more than %,d; use a step of %s or more"
              .formatted(
                  from,
                  to,
                  QueryWords.span(step),
                  steps,
                  MOST_STEPS,
                  QueryWords.span(QueryWords.stepFor(from, to, MOST_STEPS))));
    }
  }
}
