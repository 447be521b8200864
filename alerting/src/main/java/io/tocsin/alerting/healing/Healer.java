package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.guard.Decision;
import io.tocsin.alerting.healing.guard.GuardChain;
import io.tocsin.alerting.healing.guard.Judgement;
import io.tocsin.alerting.healing.guard.Known;
import io.tocsin.alerting.healing.guard.Situation;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.alerting.yaml.Words;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns plans and all that speaks for or against them into results: judges plans by the guards, has
 * the allowed ones carried out, watches the signal that called for them afterwards, and undoes what
 * did not help. One thread calls it; actions and looks at targets run elsewhere.
 *
 * <p>To be begun in this order: {@link #learn} what was said before, {@link #recover}, {@link
 * #resume} the plans that are before a person, then {@link #handle} for ever.
 */
final class Healer implements ActionRun.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Healer.class);

  /** Plans are kept for a week; an answered plan must be known for as long as it can be read. */
  private static final Duration PLANS_READABLE_FOR = Duration.ofDays(8);

  private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  private final HealingConfig config;
  private final Ledger ledger;
  private final ActionRun.Parts parts;
  private final Executor workers;
  final Known known;
  private final Answers answers;
  private final Watch watch;
  private final Intake intake;
  private final Holds holds;
  private final Endings endings;
  private final Situations situations;
  private final Docket docket = new Docket();
  private final Approvals approvals;
  private final Queue<HealResult> over = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
  private final AtomicInteger notBegun = new AtomicInteger();
  private volatile boolean fenced;
  private volatile Runnable wake = () -> {};
  private Instant retriedAt = Instant.MIN;
  private Instant forgotAt = Instant.MIN;

  Healer(HealingConfig config, Ledger ledger, ActionRun.Parts parts, Executor workers) {
    this.config = config;
    this.ledger = ledger;
    this.parts = parts;
    this.workers = workers;
    this.known = Known.nothing(config);
    this.answers = new Answers(parts.log(), parts.metrics(), this::fenced);
    this.watch = new Watch(config, known, parts.epoch());
    this.intake = new Intake(known, watch, answers, parts.metrics());
    this.holds = new Holds(config);
    this.endings = new Endings(config, ledger, known.trust(), answers, parts, workers, this, holds);
    this.situations = new Situations(config, ledger, known, parts.epoch());
    this.approvals = new Approvals(config.approvalWithin(), known.orders());
    parts.metrics().plans("waiting", docket::size);
    parts.metrics().plans("awaiting-approval", approvals::size);
  }

  /** Has something done whenever it has news of its own, such as waking up its feed. */
  Healer wakingBy(Runnable nudge) {
    wake = nudge;
    return this;
  }

  /**
   * Takes in what was told before the start, without doing anything about it.
   *
   * @param before its plans are passed over
   * @param isAudited whether the audit knows a command already
   */
  void learn(Feed.Batch before, Predicate<Command> isAudited) {
    Instant now = parts.clock().instant();
    intake.facts(before);
    before.probes().forEach(probe -> intake.probe(probe, now));
    for (Command command : before.commands()) {
      if (isAudited.test(command)) {
        intake.recall(command, now);
      } else {
        intake.command(command, this::beforeAPersonSince, now);
      }
    }
  }

  private Optional<Instant> beforeAPersonSince(String planId) {
    return ledger
        .latest(planId)
        .filter(result -> result.getOutcome() == HealOutcome.AWAITING_APPROVAL)
        .map(HealResult::getAt);
  }

  /**
   * Deals with what a stop or crash has left open. To be called once, before anything is judged.
   */
  void recover() {
    new Recovery(ledger, watch, endings, parts.epoch()).run(parts.clock().instant(), this::answer);
    holds.recall(ledger);
  }

  /** Takes up plans that are before a person; those that are not are passed over. */
  void resume(List<HealPlan> awaiting) {
    for (HealPlan plan : awaiting) {
      ledger
          .latest(plan.getId())
          .filter(result -> result.getOutcome() == HealOutcome.AWAITING_APPROVAL)
          .ifPresent(result -> approvals.begin(plan, result));
    }
  }

  /** Takes in what arrived, and does what has become due; also to be called when nothing did. */
  void handle(Feed.Batch batch) {
    if (fenced) {
      return;
    }
    // First, so that probes from after an action find its watch.
    takeInNews();
    Instant now = parts.clock().instant();
    intake.facts(batch);
    batch.commands().forEach(command -> intake.command(command, approvals::awaitingSince, now));
    batch.probes().forEach(this::see);
    watch.verdicts(parts.clock().instant()).forEach(endings::verdict);
    holds.putBack(parts, workers, this, news);
    approvals.answered(now).forEach(this::hear);
    docket.inTurn().forEach(this::judge);
    batch.plans().stream()
        .sorted(Comparator.comparing(HealPlan::getPriority))
        .forEach(this::takeIn);
    takeInNews();
    housekeeping(parts.clock().instant());
  }

  /** Whether every plan handed in has an answer on the log. */
  boolean isSettled() {
    return !fenced && docket.isEmpty() && notBegun.get() == 0 && answers.areAllAcknowledged();
  }

  /** Whether another responder has taken over, so that this one does nothing any more. */
  boolean isFenced() {
    return fenced;
  }

  @Override
  public void begun() {
    notBegun.decrementAndGet();
  }

  @Override
  public void over(HealResult result, AuditNote note) {
    answers.give(result, note);
    over.add(result);
    wake.run();
  }

  @Override
  public void looked(String planId, String words) {
    news.add(() -> endings.looked(planId, words));
  }

  @Override
  public void fenced() {
    fenced = true;
  }

  private void takeInNews() {
    for (HealResult result = over.poll(); result != null; result = over.poll()) {
      endings.entered(result);
      if (result.getOutcome() == HealOutcome.EXECUTED) {
        watch.begin(result);
      } else {
        watch.drop(result.getPlanId());
      }
    }
    for (Runnable one = news.poll(); one != null; one = news.poll()) {
      one.run();
    }
  }

  private void see(Probe probe) {
    Instant now = parts.clock().instant();
    if (intake.probe(probe, now)) {
      holds.see(probe);
      watch.verdicts(now).forEach(endings::verdict);
    }
  }

  private void takeIn(HealPlan plan) {
    Candidate other = docket.of(plan.getTargetId());
    if (approvals.isAwaiting(plan.getId())) {
      ignore(plan, new Decision.Ignore("duplicate", "is before a person already"));
    } else if (beforeAPersonSince(plan.getId()).isPresent()) {
      resume(List.of(plan));
    } else if (other != null && other.plan().getId().equals(plan.getId())) {
      ignore(plan, new Decision.Ignore("duplicate", "is waiting already"));
    } else if (other != null && !ledger.knows(plan.getId())) {
      refuse(plan, "one-at-a-time", "plan " + other.plan().getId() + " for it is waiting");
    } else {
      judge(Candidate.arrived(plan, parts.clock().instant()));
    }
  }

  /** A person has said a word, or has not for too long. */
  private void hear(Approvals.Answered answered) {
    HealPlan plan = answered.plan();
    Candidate other = docket.of(plan.getTargetId());
    if (other != null) {
      docket.drop(other);
      refuse(other.plan(), "one-at-a-time", "plan " + plan.getId() + " for it was before a person");
    }
    if (answered.isExpired()) {
      refuse(plan, "approval", "nobody agreed within " + Words.of(config.approvalWithin()));
    } else if (answered.word().agrees()) {
      judge(Candidate.approved(plan, answered.word(), parts.clock().instant()));
    } else {
      String text = answered.word().text().isBlank() ? "" : ": " + answered.word().text();
      refuse(plan, "approval", answered.word().by() + " said no" + text);
    }
  }

  private void judge(Candidate candidate) {
    Instant now = parts.clock().instant();
    HealPlan plan = candidate.plan();
    if (candidate.isLooking()) {
      if (!now.isBefore(candidate.lookUntil())) {
        docket.drop(candidate);
        refuse(plan, "ownership", "its executor did not say in time how it stands");
      }
      return;
    }
    Judgement judgement = GuardChain.decide(situations.of(candidate, now));
    Decision decision = judgement.decision();
    if (decision instanceof Decision.Wait wait
        && now.isBefore(candidate.until(wait, now, config.blastRadius().waitFor()))) {
      if (docket.keep(candidate)) {
        LOG.info("plan {} waits: {}: {}", plan.getId(), wait.guard(), wait.reason());
      }
      return;
    }
    if (decision instanceof Decision.Look look) {
      docket.keep(candidate);
      look(candidate, look.action());
      return;
    }
    docket.drop(candidate);
    if (decision instanceof Decision.Allow allow) {
      begin(candidate, allow.action(), judgement.passed(), now);
    } else if (decision instanceof Decision.AwaitApproval await) {
      await(plan, await, judgement.passed());
    } else if (decision instanceof Decision.Wait wait) {
      refuse(plan, wait.guard(), wait.reason(), judgement.passed());
    } else if (decision instanceof Decision.Refuse refuse) {
      refuse(plan, refuse.guard(), refuse.reason(), judgement.passed());
    } else {
      ignore(plan, (Decision.Ignore) decision);
    }
  }

  private void look(Candidate candidate, Action action) {
    candidate.beginLooking();
    HealPlan plan = candidate.plan();
    HealResult asked = situations.result(plan, HealOutcome.INTENT, "", parts.clock().instant());
    Glance.later(
        workers,
        parts,
        action,
        asked,
        state -> {
          news.add(() -> seen(candidate, state));
          wake.run();
        });
  }

  private void seen(Candidate candidate, TargetState state) {
    candidate.see(state, parts.clock().instant());
    if (docket.of(candidate.plan().getTargetId()) == candidate) {
      judge(candidate);
    }
  }

  private void begin(Candidate candidate, Action action, List<String> passed, Instant now) {
    HealPlan plan = candidate.plan();
    TargetState before = candidate.looked(now);
    String approved =
        candidate.approval() == null ? "" : ", as " + candidate.approval().by() + " agreed";
    HealResult intent =
        situations.result(
            plan, HealOutcome.INTENT, "about to run " + action.name() + approved, now);
    Situation judged = situations.of(candidate, now);
    ledger.add(intent);
    watch.expect(plan.getId(), plan.getAlertId());
    endings.began(plan.getId(), action, before);
    notBegun.incrementAndGet();
    workers.execute(
        new ActionRun(
            action,
            intent,
            passed,
            before,
            // Runs on a worker: looks at the plan, orders, probes and alerts, not at the ledger.
            () -> recheck(judged.at(parts.clock().instant())),
            parts,
            this));
  }

  private Optional<Decision.Refuse> recheck(Situation situation) {
    return fenced
        ? Optional.of(new Decision.Refuse("fenced", "another responder has taken over"))
        : GuardChain.recheck(situation);
  }

  private void await(HealPlan plan, Decision.AwaitApproval await, List<String> passed) {
    HealResult awaiting =
        situations.result(
            plan,
            HealOutcome.AWAITING_APPROVAL,
            await.guard() + ": " + await.reason() + ", within " + Words.of(config.approvalWithin()),
            parts.clock().instant());
    answer(awaiting, AuditNote.of(AuditKind.DECIDED, awaiting, passed));
    approvals.begin(plan, awaiting);
  }

  private void refuse(HealPlan plan, String guard, String reason) {
    refuse(plan, guard, reason, List.of());
  }

  private void refuse(HealPlan plan, String guard, String reason, List<String> passed) {
    parts.metrics().refused(guard);
    HealResult refused =
        situations.result(
            plan, HealOutcome.REFUSED, guard + ": " + reason, parts.clock().instant());
    answer(refused, AuditNote.of(AuditKind.DECIDED, refused, passed));
  }

  private void ignore(HealPlan plan, Decision.Ignore ignored) {
    parts.metrics().ignored(ignored.guard());
    LOG.info("plan {} is not answered again: it {}", plan.getId(), ignored.reason());
  }

  private void answer(HealResult result, AuditNote note) {
    answers.give(result, note);
    endings.entered(result);
  }

  private void housekeeping(Instant now) {
    if (now.isAfter(retriedAt.plus(RETRY_EVERY))) {
      retriedAt = now;
      answers.sendAgain();
      expire(now);
    }
    if (now.isAfter(forgotAt.plus(FORGET_EVERY))) {
      forgotAt = now;
      Duration window = config.longestWindow();
      ledger.forgetBefore(now.minus(Collections.max(List.of(window, PLANS_READABLE_FOR))));
      intake.forget(now);
    }
  }

  /** What is before a person, but whose plan was not read again, comes to its end too. */
  private void expire(Instant now) {
    for (HealResult open : ledger.awaiting()) {
      if (docket.of(open.getTargetId()) == null) {
        approvals
            .expired(open, now, parts.epoch())
            .ifPresent(
                refused -> {
                  parts.metrics().refused("approval");
                  answer(refused, AuditNote.of(AuditKind.DECIDED, refused, List.of()));
                });
      }
    }
  }
}
