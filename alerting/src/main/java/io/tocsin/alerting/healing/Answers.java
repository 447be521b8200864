package io.tocsin.alerting.healing;

import io.tocsin.schemas.HealResult;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results and notes that have to reach the log, however often it takes; unlike an intent, which is
 * given up when it cannot be written, a fact stays a fact. Only once another responder has taken
 * over nothing is written any more: it then says itself what it found. Thread-safe.
 */
final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private record Entry(HealResult result, AuditNote note) {}

  private final ResultLog log;
  private final HealingMetrics metrics;
  private final Runnable onFenced;
  private final AtomicInteger outstanding = new AtomicInteger();
  private final Queue<Entry> again = new ConcurrentLinkedQueue<>();

  Answers(ResultLog log, HealingMetrics metrics, Runnable onFenced) {
    this.log = log;
    this.metrics = metrics;
    this.onFenced = onFenced;
  }

  /** Writes a result and what the audit says of it, without waiting. */
  void give(HealResult result, AuditNote note) {
    outstanding.incrementAndGet();
    metrics.result(result);
    LOG.info(
        "plan {} ({} on {}, incident {}, attempt {}): {}: {}",
        result.getPlanId(),
        result.getAction(),
        result.getTargetId(),
        result.getIncidentId(),
        result.getAttempt(),
        result.getOutcome(),
        result.getReason());
    send(new Entry(result, note));
  }

  /** Writes what the audit says of something that is no step of a plan. */
  void note(AuditNote note) {
    outstanding.incrementAndGet();
    LOG.info("{}: {} {}: {}", note.kind(), note.outcome(), note.action(), note.reason());
    send(new Entry(null, note));
  }

  /** Sends what failed once more. */
  void sendAgain() {
    for (int left = again.size(); left > 0; left--) {
      Entry entry = again.poll();
      if (entry != null) {
        send(entry);
      }
    }
  }

  /** Whether all that was given is on the log. */
  boolean areAllAcknowledged() {
    return outstanding.get() == 0;
  }

  private void send(Entry entry) {
    Fence.append(log, entry.result(), entry.note())
        .whenComplete(
            (acknowledged, failure) -> {
              if (failure == null) {
                outstanding.decrementAndGet();
                return;
              }
              metrics.unacknowledged(failure);
              if (Fence.isBehind(failure)) {
                onFenced.run();
              } else {
                LOG.error(
                    "{} could not be written, trying again: {}",
                    entry.result() == null
                        ? "a note of " + entry.note().kind()
                        : entry.result().getOutcome() + " of plan " + entry.result().getPlanId(),
                    failure.toString());
                again.add(entry);
              }
            });
  }
}
