package io.tocsin.alerting.incidents;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** When which case has to be looked at next, by the wall clock. */
final class Timers {

  private record Due(Instant at, String id) {}

  private final Function<Case, Optional<Instant>> next;
  private final Map<String, Instant> dues = new HashMap<>();
  private final TreeSet<Due> queue =
      new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::id));

  Timers(Function<Case, Optional<Instant>> next) {
    this.next = next;
  }

  void set(Case known) {
    remove(known.id());
    next.apply(known)
        .ifPresent(
            at -> {
              dues.put(known.id(), at);
              queue.add(new Due(at, known.id()));
            });
  }

  void remove(String id) {
    Instant at = dues.remove(id);
    if (at != null) {
      queue.remove(new Due(at, id));
    }
  }

  Optional<Instant> first() {
    return queue.isEmpty() ? Optional.empty() : Optional.of(queue.first().at());
  }

  String firstId() {
    return queue.first().id();
  }
}
