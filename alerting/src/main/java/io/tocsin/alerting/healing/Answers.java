package io.tocsin.alerting.healing;

import io.tocsin.schemas.HealResult;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results that have to reach the log, however often it takes; unlike an intent, which is given up
 * when it cannot be written, a fact stays a fact. Thread-safe.
 */
final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private final ResultLog log;
  private final HealingMetrics metrics;
  private final AtomicInteger outstanding = new AtomicInteger();
  private final Queue<HealResult> again = new ConcurrentLinkedQueue<>();

  Answers(ResultLog log, HealingMetrics metrics) {
    this.log = log;
    this.metrics = metrics;
  }

  /** Writes a result, without waiting. */
  void give(HealResult result) {
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
    send(result);
  }

  /** Sends what failed once more. */
  void sendAgain() {
    for (int left = again.size(); left > 0; left--) {
      HealResult result = again.poll();
      if (result != null) {
        send(result);
      }
    }
  }

  /** Whether all that was given is on the log. */
  boolean areAllAcknowledged() {
    return outstanding.get() == 0;
  }

  private void send(HealResult result) {
    log.append(result, null)
        .whenComplete(
            (acknowledged, failure) -> {
              if (failure == null) {
                outstanding.decrementAndGet();
              } else {
                metrics.unacknowledged(failure);
                LOG.error(
                    "{} of plan {} could not be written, trying again: {}",
                    result.getOutcome(),
                    result.getPlanId(),
                    failure.toString());
                again.add(result);
              }
            });
  }
}
