package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The problems of one pass. What is wrong with a file of one container is mostly wrong with the
 * same file of all of them: it is told once, of the first one met.
 */
final class Troubles {

  private record Kind(Reason reason, String file, String what) {}

  private final Map<Kind, Problem> problems = new LinkedHashMap<>();

  void add(CollectorException failure) {
    add(failure.problem());
  }

  void add(Problem problem) {
    String where = problem.where();
    String file = where.substring(where.lastIndexOf('/') + 1);
    problems.putIfAbsent(new Kind(problem.reason(), file, problem.what()), problem);
  }

  Collection<Problem> all() {
    return problems.values();
  }
}
