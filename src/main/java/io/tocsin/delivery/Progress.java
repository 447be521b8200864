package io.tocsin.delivery;

import io.tocsin.delivery.Entry.Event;
import io.tocsin.delivery.signal.Baseline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far the last rollout of a journal came.
 *
 * @param id of the rollout
 * @param version on its way
 * @param from the version of each target before
 * @param baseline how it was before
 * @param touched targets that a deployment was begun of, in that order
 * @param deployed those that have the version and were ready
 * @param passed names of the steps that were well for as long as they had to be
 * @param restored targets that are back and were ready
 * @param failed why it goes back; empty while it goes on
 * @param end what it ended with; empty if it is under way, or was interrupted
 */
record Progress(
    String id,
    String version,
    Map<String, String> from,
    Baseline baseline,
    List<String> touched,
    Set<String> deployed,
    Set<String> passed,
    Set<String> restored,
    Optional<List<String>> failed,
    Optional<Event> end) {

  /** Of the entries of a journal, oldest first; empty if no rollout has begun. */
  static Optional<Progress> of(List<Entry> entries) {
    int begun = -1;
    for (int i = 0; i < entries.size(); i++) {
      begun = entries.get(i).event() == Event.BEGUN ? i : begun;
    }
    return begun < 0 ? Optional.empty() : Optional.of(fold(entries.subList(begun, entries.size())));
  }

  private static Progress fold(List<Entry> entries) {
    Entry first = entries.get(0);
    Set<String> touched = new LinkedHashSet<>();
    Set<String> deployed = new LinkedHashSet<>();
    Set<String> passed = new LinkedHashSet<>();
    Set<String> restored = new LinkedHashSet<>();
    List<String> failed = null;
    Event end = null;
    for (Entry entry : entries) {
      switch (entry.event()) {
        case DEPLOYING -> touched.add(entry.target());
        case DEPLOYED -> deployed.add(entry.target());
        case PASSED -> passed.add(entry.step());
        case RESTORED -> restored.add(entry.target());
        case FAILED -> failed = entry.reasons();
        case DONE, ROLLED_BACK, ROLLBACK_FAILED -> end = entry.event();
        case BEGUN, STEP, CHECKED, RESTORING -> {}
      }
    }
    return new Progress(
        first.rollout(),
        first.version(),
        first.from(),
        first.baseline(),
        List.copyOf(touched),
        deployed,
        passed,
        restored,
        Optional.ofNullable(failed),
        Optional.ofNullable(end));
  }

  /** Whether there is something left to do. */
  boolean isUnfinished() {
    return end.isEmpty();
  }

  /** Targets that still have to go back, the last that was touched first. */
  List<String> toRestore() {
    List<String> left = new ArrayList<>();
    for (String target : touched) {
      if (!restored.contains(target)) {
        left.add(0, target);
      }
    }
    return left;
  }
}
