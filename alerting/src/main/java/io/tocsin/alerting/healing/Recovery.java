package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deals with what a stop or crash has left open. */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Ledger ledger;
  private final Watch watch;
  private final Endings endings;
  private final long epoch;

  Recovery(Ledger ledger, Watch watch, Endings endings, long epoch) {
    this.ledger = ledger;
    this.watch = watch;
    this.endings = endings;
    this.epoch = epoch;
  }

  /**
   * What nobody knows the outcome of becomes UNKNOWN; what was executed is watched from now on.
   *
   * @param answers takes the ends that are known at once
   */
  void run(Instant now, BiConsumer<HealResult, AuditNote> answers) {
    for (HealResult open : ledger.unfinished()) {
      switch (open.getOutcome()) {
        case INTENT ->
            unknown(
                open, "between intent and outcome, so nobody knows whether it ran", now, answers);
        case COMPENSATING ->
            unknown(
                open, "while it was being undone, so nobody knows how far that came", now, answers);
        case EXECUTED -> watch.resume(open, now).ifPresent(endings::verdict);
        default -> LOG.info("plan {} is before a person since {}", open.getPlanId(), open.getAt());
      }
    }
  }

  private void unknown(
      HealResult open, String when, Instant now, BiConsumer<HealResult, AuditNote> answers) {
    String reason =
        "the responder stopped "
            + when
            + " ("
            + open.getAction()
            + "); have a look at "
            + open.getTargetId();
    HealResult unknown = Results.untimed(open, HealOutcome.UNKNOWN, reason, now, epoch);
    answers.accept(unknown, AuditNote.of(AuditKind.ENDED, unknown, List.of()));
  }
}
