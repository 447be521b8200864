package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.guard.Decision;
import io.tocsin.alerting.healing.guard.GuardChain;
import io.tocsin.alerting.healing.guard.Situation;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns plans and probes into results: judges plans by the guards, has the allowed ones carried
 * out, and watches the health signal afterwards. One thread calls it; actions run elsewhere.
 */
final class Healer implements ActionRun.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Healer.class);

  /** Plans are kept for a week; an answered plan must be known for as long as it can be read. */
  private static final Duration PLANS_READABLE_FOR = Duration.ofDays(8);

  private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  /** A plan that waits for a health signal, at most until {@code until}. */
  private record Waiting(HealPlan plan, Instant until) {}

  private final HealingConfig config;
  private final Ledger ledger;
  private final ActionRun.Parts parts;
  private final Executor workers;
  private final Answers answers;
  private final HealthSignals signals;
  private final Watch watch;
  private final Map<String, Waiting> waitingByTarget = new LinkedHashMap<>();
  private final Queue<HealResult> over = new ConcurrentLinkedQueue<>();
  private final AtomicInteger notBegun = new AtomicInteger();
  private Instant retriedAt = Instant.MIN;
  private Instant forgotAt = Instant.MIN;

  Healer(HealingConfig config, Ledger ledger, ActionRun.Parts parts, Executor workers) {
    this.config = config;
    this.ledger = ledger;
    this.parts = parts;
    this.workers = workers;
    this.answers = new Answers(parts.log(), parts.metrics());
    this.signals = new HealthSignals(config.targets(), parts.metrics());
    this.watch = new Watch(config);
  }

  /** Deals with what a stop or crash has left open. To be called once, before anything else. */
  void recover() {
    Instant now = parts.clock().instant();
    for (HealResult open : ledger.unfinished()) {
      if (open.getOutcome() == HealOutcome.INTENT) {
        answer(
            Results.unknown(
                open,
                "the responder stopped between intent and outcome, so nobody knows whether "
                    + open.getAction()
                    + " ran; have a look at "
                    + open.getTargetId(),
                now));
      } else {
        watch.resume(open, now).ifPresent(this::answer);
      }
    }
  }

  /** Takes in what was told before the start, without doing anything about it. */
  void learn(Feed.Batch before, Predicate<Command> isAudited) {
    LOG.info(
        "{} alert(s) and {} command(s) from before",
        before.alerts().size(),
        before.commands().stream().filter(isAudited).count());
  }

  /** Takes up plans that are before a person. */
  void resume(List<HealPlan> awaiting) {
    awaiting.forEach(plan -> LOG.info("plan {} is before a person", plan.getId()));
  }

  /** Has something done whenever it has news of its own, such as waking up its feed. */
  Healer wakingBy(Runnable nudge) {
    return this;
  }

  /** Takes in what arrived, and does what has become due; also to be called when nothing did. */
  void handle(Feed.Batch batch) {
    // First, so that probes from after an action find its watch.
    for (HealResult result = over.poll(); result != null; result = over.poll()) {
      ledger.add(result);
      if (result.getOutcome() == HealOutcome.EXECUTED) {
        watch.begin(result);
        signals.of(result.getTargetId()).ifPresent(watch::see);
      }
    }
    batch.probes().forEach(this::see);
    watch.verdicts(parts.clock().instant()).forEach(this::answer);
    List.copyOf(waitingByTarget.values()).forEach(this::judge);
    batch.plans().forEach(this::takeIn);
    housekeeping(parts.clock().instant());
  }

  /** Whether every plan handed in has an answer on the log. */
  boolean isSettled() {
    return waitingByTarget.isEmpty() && notBegun.get() == 0 && answers.areAllAcknowledged();
  }

  @Override
  public void begun() {
    notBegun.decrementAndGet();
  }

  @Override
  public void over(HealResult result) {
    answers.give(result);
    over.add(result);
  }

  private void see(Probe probe) {
    Instant now = parts.clock().instant();
    if (signals.accept(probe, now)) {
      watch.see(probe);
      watch.verdicts(now).forEach(this::answer);
    }
  }

  private void takeIn(HealPlan plan) {
    Waiting other = waitingByTarget.get(plan.getTargetId());
    if (other != null && other.plan().getId().equals(plan.getId())) {
      ignore(plan, new Decision.Ignore("duplicate", "is waiting for a health signal already"));
    } else if (other != null && !ledger.knows(plan.getId())) {
      refuse(plan, "one-at-a-time", "plan " + other.plan().getId() + " for it is waiting");
    } else {
      // Half of its time to wait, half to act.
      Instant now = parts.clock().instant();
      judge(new Waiting(plan, now.plus(Duration.between(now, plan.getNotAfter()).dividedBy(2))));
    }
  }

  private void judge(Waiting candidate) {
    HealPlan plan = candidate.plan();
    Instant now = parts.clock().instant();
    Decision decision = GuardChain.decide(situation(plan, now));
    if (decision instanceof Decision.Wait wait && now.isBefore(candidate.until())) {
      if (waitingByTarget.putIfAbsent(plan.getTargetId(), candidate) == null) {
        LOG.info("plan {} waits until {}: {}", plan.getId(), candidate.until(), wait.reason());
      }
      return;
    }
    waitingByTarget.remove(plan.getTargetId(), candidate);
    if (decision instanceof Decision.Allow allow) {
      begin(plan, allow.action(), now);
    } else if (decision instanceof Decision.Wait wait) {
      refuse(plan, wait.guard(), wait.reason());
    } else if (decision instanceof Decision.Refuse refuse) {
      refuse(plan, refuse.guard(), refuse.reason());
    } else if (decision instanceof Decision.Ignore ignore) {
      ignore(plan, ignore);
    }
  }

  private void begin(HealPlan plan, Action action, Instant now) {
    HealResult intent = Results.of(plan, HealOutcome.INTENT, "about to run " + action.name(), now);
    ledger.add(intent);
    notBegun.incrementAndGet();
    workers.execute(
        new ActionRun(
            plan,
            action,
            intent,
            // Runs on a worker: looks at the plan and the signals only, not at the ledger.
            () -> GuardChain.recheck(situation(plan, parts.clock().instant())),
            parts,
            this));
  }

  private Situation situation(HealPlan plan, Instant now) {
    return new Situation(plan, config, ledger, signals.of(plan.getTargetId()), now);
  }

  private void refuse(HealPlan plan, String guard, String reason) {
    parts.metrics().refused(guard);
    answer(Results.of(plan, HealOutcome.REFUSED, guard + ": " + reason, parts.clock().instant()));
  }

  private void ignore(HealPlan plan, Decision.Ignore ignored) {
    parts.metrics().ignored(ignored.guard());
    LOG.info(
        "plan {} was read again and not answered again: it {}", plan.getId(), ignored.reason());
  }

  private void answer(HealResult result) {
    ledger.add(result);
    answers.give(result);
  }

  private void housekeeping(Instant now) {
    if (now.isAfter(retriedAt.plus(RETRY_EVERY))) {
      retriedAt = now;
      answers.sendAgain();
    }
    if (now.isAfter(forgotAt.plus(FORGET_EVERY))) {
      forgotAt = now;
      Duration window = config.longestWindow();
      ledger.forgetBefore(
          now.minus(window.compareTo(PLANS_READABLE_FOR) > 0 ? window : PLANS_READABLE_FOR));
    }
  }
}
