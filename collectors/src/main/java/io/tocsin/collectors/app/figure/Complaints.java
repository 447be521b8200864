package io.tocsin.collectors.app.figure;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What went wrong since it was last asked. The first few problems are told in full; of all others
 * only the reason is kept, and how many there were, so that a source full of garbage costs no
 * memory and yet every loss is counted. Thread-safe.
 */
public final class Complaints {

  private static final int TOLD = 5;

  /** Beyond that, a counter says enough. */
  private static final int COUNTED = 100_000;

  private final String source;
  private final Map<Problem, Integer> told = new LinkedHashMap<>();
  private final Map<Reason, Integer> others = new EnumMap<>(Reason.class);
  private int counted;

  /**
   * None so far.
   *
   * @param source where those problems were met that are only counted
   */
  public Complaints(String source) {
    this.source = source;
  }

  /** One more. */
  public void add(Reason reason, String where, String what) {
    add(new Problem(reason, where, what));
  }

  /** One more. */
  public synchronized void add(Problem problem) {
    if (counted == COUNTED) {
      return;
    }
    counted++;
    if (told.containsKey(problem) || told.size() < TOLD) {
      told.merge(problem, 1, Integer::sum);
    } else {
      others.merge(problem.reason(), 1, Integer::sum);
    }
  }

  /** All of them, each as often as it was met, and starts anew. */
  public synchronized List<Problem> drain() {
    if (counted == 0) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>(counted);
    told.forEach((problem, times) -> problems.addAll(Collections.nCopies(times, problem)));
    others.forEach(
        (reason, times) ->
            problems.addAll(
                Collections.nCopies(
                    times,
                    new Problem(reason, source, "more of what is " + reason.tag() + " there"))));
    told.clear();
    others.clear();
    counted = 0;
    return problems;
  }
}
