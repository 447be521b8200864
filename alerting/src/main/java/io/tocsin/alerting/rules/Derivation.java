package io.tocsin.alerting.rules;

import java.time.Duration;
import java.util.List;

/** What a rule works out of the figures before its condition looks, and under which names. */
public sealed interface Derivation {

  /** Nothing. */
  record None() implements Derivation {}

  /**
   * How fast a figure changes: {@code rate}, in its unit per second, and {@code change}, in its
   * unit, both over the time.
   */
  record Rate(String field, Duration over) implements Derivation {}

  /**
   * How far a figure is from what is usual for this series at this time: {@code score}, {@code
   * expected}, {@code spread}. Unknown until enough history is known.
   *
   * @param seasonal compared with the same hour of other days, too
   */
  record Baseline(String field, boolean seasonal) implements Derivation {
    /** Compared with the whole past of the series. */
    public Baseline(String field) {
      this(field, false);
    }
  }

  /**
   * How fast the error budget burns: {@code burn}, the lower of the long and the short window's
   * burn rate of the worst pair. 1 uses up the budget exactly in its period.
   *
   * @param bad figure that counts what failed
   * @param total figure that counts all
   * @param objective share that has to be good, such as 0.999
   * @param pairs windows
   * @param minimumEvents fewer events in the long window say nothing
   */
  record BurnRate(
      String bad, String total, double objective, List<BurnWindows> pairs, long minimumEvents)
      implements Derivation {
    public BurnRate {
      pairs = List.copyOf(pairs);
    }
  }

  /** Two windows that both have to burn faster than {@code factor}. */
  record BurnWindows(Duration longWindow, Duration shortWindow, double factor) {}

  /**
   * Caller minus callee along a depends-on edge: {@code difference}, in the figure's unit, {@code
   * caller}, {@code callee}, and {@code score}, {@code expected}, {@code spread} of the difference
   * against its own past.
   */
  record Difference(String field) implements Derivation {}

  /**
   * That an expected resource says nothing: {@code silent_seconds}, {@code missed} intervals,
   * {@code never_seen}.
   *
   * @param intervals how many may be missing
   */
  record Absence(int intervals) implements Derivation {}

  /**
   * That alerts of other rules follow each other on related resources (same resource, same service,
   * or joined by a runs-on or depends-on edge): {@code steps} seen so far.
   *
   * @param steps names of rules, in the order of time
   * @param within from the first to the last
   */
  record Sequence(List<String> steps, Duration within) implements Derivation {
    public Sequence {
      steps = List.copyOf(steps);
    }
  }
}
