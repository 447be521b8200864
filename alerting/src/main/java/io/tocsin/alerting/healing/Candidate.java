package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.guard.Approval;
import io.tocsin.alerting.healing.guard.Decision;
import io.tocsin.alerting.healing.guard.GuardChain;
import io.tocsin.schemas.HealPlan;
import java.time.Duration;
import java.time.Instant;

/** A plan on its way through the guards. Used by one thread. */
final class Candidate {

  /** What its executor has seen of the target counts for this long. */
  private static final Duration LOOK_HOLDS_FOR = Duration.ofSeconds(10);

  private final HealPlan plan;
  private final Approval approval;
  private final Instant until;
  private Instant roomUntil;
  private TargetState looked;
  private Instant lookedAt;
  private boolean looking;

  private Candidate(HealPlan plan, Approval approval, Instant until) {
    this.plan = plan;
    this.approval = approval;
    this.until = until;
  }

  /** A plan that has arrived: half of its time to wait, half to act. */
  static Candidate arrived(HealPlan plan, Instant now) {
    return new Candidate(plan, null, half(now, plan.getNotAfter()));
  }

  /** A plan that a person has agreed to: it has its time anew from their word on. */
  static Candidate approved(HealPlan plan, Approval approval, Instant now) {
    Duration time = Duration.between(plan.getCreatedAt(), plan.getNotAfter());
    return new Candidate(plan, approval, half(now, approval.at().plus(time)));
  }

  private static Instant half(Instant now, Instant end) {
    return now.plus(Duration.between(now, end).dividedBy(2));
  }

  HealPlan plan() {
    return plan;
  }

  /** The person's word; null where none was needed. */
  Approval approval() {
    return approval;
  }

  /** How long it may wait for what a guard waits for. */
  Instant until(Decision.Wait wait, Instant now, Duration forRoom) {
    if (wait.guard().equals(GuardChain.BLAST_RADIUS)) {
      roomUntil = roomUntil == null ? now.plus(forRoom) : roomUntil;
      return roomUntil;
    }
    return wait.until() == null ? until : wait.until();
  }

  /** How long its executor may take to look. */
  Instant lookUntil() {
    return until;
  }

  void beginLooking() {
    looking = true;
  }

  boolean isLooking() {
    return looking;
  }

  void see(TargetState state, Instant now) {
    looking = false;
    looked = state;
    lookedAt = now;
  }

  /** How its executor sees the target; null if it has not looked lately. */
  TargetState looked(Instant now) {
    return looked == null || now.isAfter(lookedAt.plus(LOOK_HOLDS_FOR)) ? null : looked;
  }
}
