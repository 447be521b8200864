package io.tocsin.collectors.security;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.schemas.SecurityEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Events that came between two passes, with a limit on how many and one on how much memory they
 * take together. Thread-safe.
 */
final class Inbox {

  /** Characters: some 16 MB where they are Latin, 32 MB where they are not. */
  private static final long WEIGHT_LIMIT = 16L * 1024 * 1024;

  private static final int PROBLEMS_LIMIT = 100;

  private final String name;
  private final int limit;
  private final Queue<SecurityEvent.Builder> events = new ArrayDeque<>();
  private final Set<Problem> problems = new LinkedHashSet<>();
  private long weight;

  /**
   * An empty one.
   *
   * @param name of the collector it is for
   */
  Inbox(String name, int limit) {
    this.name = name;
    this.limit = limit;
  }

  /** Takes an event in; false, and a problem, where there is no room. */
  synchronized boolean offer(SecurityEvent.Builder event) {
    long more = weightOf(event);
    if (events.size() >= limit || weight + more > WEIGHT_LIMIT) {
      problem(
          new Problem(
              Reason.OVER_LIMIT,
              name,
              "events came faster than they were read, and some are lost; raise queue-limit or"
                  + " shorten the interval"));
      return false;
    }
    weight += more;
    events.add(event);
    return true;
  }

  /** Remembers what went wrong; the same thing once a pass. */
  synchronized void problem(Problem problem) {
    if (problems.size() < PROBLEMS_LIMIT) {
      problems.add(problem);
    }
  }

  /** Takes all events out, in the order in which they came. */
  synchronized List<SecurityEvent.Builder> takeEvents() {
    List<SecurityEvent.Builder> taken = new ArrayList<>(events);
    events.clear();
    weight = 0;
    return taken;
  }

  /** Takes out what went wrong since the last call. */
  synchronized Collection<Problem> takeProblems() {
    List<Problem> taken = List.copyOf(problems);
    problems.clear();
    return taken;
  }

  private static long weightOf(SecurityEvent.Builder event) {
    long characters = 500L + lengthOf(event.getTitle()) + lengthOf(event.getDetail());
    if (event.hasAttributes()) {
      for (var attribute : event.getAttributes().entrySet()) {
        characters += 50L + attribute.getKey().length() + attribute.getValue().length();
      }
    }
    return characters;
  }

  private static long lengthOf(String text) {
    return text == null ? 0 : text.length();
  }
}
