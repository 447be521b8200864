package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * What holds only while its target is down: actions with {@code while-down} that helped, until the
 * target's own probes are good again. Of several on one target the first counts, which knows how it
 * stood before any of them. Built again from the log after a restart. Not thread-safe.
 */
final class Holds {

  /** Time between two tries to put something back. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  /** After so many tries it is told as it is. */
  static final int TRIES = 6;

  /**
   * Something to be put back one day.
   *
   * @param verified the result that says that it helped
   * @param row healthy probes of the target in a row
   * @param newest time of the newest probe that counted
   * @param tries to put it back so far
   * @param notBefore the next try
   */
  record Held(
      Action action, HealResult verified, int row, Instant newest, int tries, Instant notBefore) {}

  private final HealingConfig config;
  private final Map<String, Held> byTarget = new LinkedHashMap<>();

  Holds(HealingConfig config) {
    this.config = config;
  }

  /** An action helped; kept if it is to be put back. */
  void begin(HealResult verified) {
    config
        .action(verified.getAction())
        .filter(action -> action.whileDown() && !verified.getBefore().isEmpty())
        .ifPresent(
            action ->
                byTarget.putIfAbsent(
                    verified.getTargetId(),
                    new Held(action, verified, 0, verified.getAt(), 0, verified.getAt())));
  }

  /** Takes up what held before a stop. */
  void recall(Ledger ledger) {
    ledger.latest().stream()
        .filter(result -> result.getOutcome() == HealOutcome.VERIFIED)
        .forEach(this::begin);
  }

  /**
   * Has all that is due put back by workers.
   *
   * @param news takes what is to be done by the thread that calls this
   */
  void putBack(
      ActionRun.Parts parts, Executor workers, ActionRun.Listener listener, Queue<Runnable> news) {
    for (Held held : due(parts.clock().instant())) {
      workers.execute(
          new RevertRun(
              held,
              parts,
              listener,
              failed -> news.add(() -> again(failed, parts.clock().instant()))));
    }
  }

  /** A probe of any resource. */
  void see(Probe probe) {
    byTarget.computeIfPresent(
        probe.getResourceId(),
        (target, held) ->
            probe.getAt().isAfter(held.newest())
                ? new Held(
                    held.action(),
                    held.verified(),
                    probe.getHealth() == Health.UP ? held.row() + 1 : 0,
                    probe.getAt(),
                    held.tries(),
                    held.notBefore())
                : held);
  }

  /** What is to be put back now; it is not given again unless {@link #again} says so. */
  private List<Held> due(Instant now) {
    List<Held> due = new ArrayList<>();
    byTarget
        .values()
        .removeIf(
            held -> {
              boolean isDue =
                  held.row() >= held.action().verify().healthyProbes()
                      && !now.isBefore(held.notBefore());
              if (isDue) {
                due.add(held);
              }
              return isDue;
            });
    return due;
  }

  /** It could not be put back; tried again later. */
  private void again(Held held, Instant now) {
    byTarget.putIfAbsent(
        held.verified().getTargetId(),
        new Held(
            held.action(),
            held.verified(),
            held.row(),
            held.newest(),
            held.tries() + 1,
            now.plus(RETRY_AFTER)));
  }
}
