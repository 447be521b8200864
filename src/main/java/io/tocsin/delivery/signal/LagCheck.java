package io.tocsin.delivery.signal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Whether a group that is far behind at least catches up. One that does not read any more may well
 * be ready, and says nothing of it: its lag is what tells.
 */
final class LagCheck {

  private final Baseline before;
  private final Limits limits;

  LagCheck(Baseline before, Limits limits) {
    this.before = before;
    this.limits = limits;
  }

  /** The last look must have a pipeline that is known. */
  List<Reason> check(List<Observation> seen) {
    Observation now = seen.get(seen.size() - 1);
    List<Reason> reasons = new ArrayList<>();
    new TreeMap<>(((PipelineReading.Known) now.pipeline()).lag())
        .forEach(
            (of, waits) -> {
              long most = limits.lag() + before.lag().getOrDefault(of, 0L);
              if (waits > most) {
                reasons.add(reason(of, waits, most, seen, now.at()));
              }
            });
    return reasons;
  }

  private Reason reason(String of, long waits, long most, List<Observation> seen, Instant now) {
    Instant from = now.minus(limits.lagStalled());
    String text = "%d records wait, %d may".formatted(waits, most);
    if (seen.get(0).at().isAfter(from)) {
      return Reason.notYet(Signal.LAG, of, text);
    }
    boolean falls =
        seen.stream()
            .filter(each -> !each.at().isBefore(from))
            .map(Observation::pipeline)
            .anyMatch(
                each ->
                    each instanceof PipelineReading.Known known
                        && known.lag().getOrDefault(of, 0L) > waits);
    return falls
        ? Reason.notYet(Signal.LAG, of, text + "; it falls")
        : Reason.wrong(
            Signal.LAG,
            of,
            text + ", and for " + limits.lagStalled().toSeconds() + " s they became no fewer");
  }
}
