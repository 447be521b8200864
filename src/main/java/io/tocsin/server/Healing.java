package io.tocsin.server;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.util.List;
import java.util.function.Predicate;

/** What the responder tells of itself. Bounded: the newest {@value #PLANS_KEPT} plans stay. */
public final class Healing extends View {

  static final int PLANS_KEPT = 2_000;
  private static final int SHOWN = 20;

  private final Newest<HealResult> plans = new Newest<>(PLANS_KEPT);
  private HealingConfig config = HealingConfig.DEFAULT;
  private Command pause;
  private long epoch;

  /** Tells what the responder is allowed; without it, nothing but looking on. */
  public synchronized void configure(HealingConfig allowed) {
    config = allowed;
    changed();
  }

  @Override
  protected boolean take(Received<?> received) {
    return received.as(Topics.HEAL_RESULTS).map(this::result).orElse(false)
        || received.as(Topics.COMMANDS).map(this::command).orElse(false);
  }

  private boolean result(HealResult result) {
    plans.put(result.getPlanId(), result);
    epoch = Math.max(epoch, result.getEpoch());
    return true;
  }

  private boolean command(Command command) {
    if (command.getKind() == CommandKind.HEAL_PAUSE) {
      pause = command;
    } else if (command.getKind() == CommandKind.HEAL_RESUME) {
      pause = null;
    } else {
      return false;
    }
    return true;
  }

  /** How healing stands. */
  synchronized HealView view() {
    return new HealView(
        config.mode().name(),
        config.separate(),
        epoch,
        pause == null ? null : HealView.Pause.of(pause),
        newest(Healing::isUnderWay, PLANS_KEPT),
        newest(outcome -> outcome == HealOutcome.AWAITING_APPROVAL, PLANS_KEPT),
        newest(outcome -> outcome == HealOutcome.REFUSED, SHOWN),
        newest(Healing::hasEnded, SHOWN));
  }

  private static boolean isUnderWay(HealOutcome outcome) {
    return switch (outcome) {
      case INTENT, EXECUTED, COMPENSATING -> true;
      case REFUSED, FAILED, VERIFIED, NOT_VERIFIED, UNKNOWN, AWAITING_APPROVAL, REVERTED -> false;
    };
  }

  private static boolean hasEnded(HealOutcome outcome) {
    return switch (outcome) {
      case FAILED, VERIFIED, NOT_VERIFIED, UNKNOWN, REVERTED -> true;
      case INTENT, EXECUTED, COMPENSATING, REFUSED, AWAITING_APPROVAL -> false;
    };
  }

  private List<HealView.Plan> newest(Predicate<HealOutcome> wanted, int most) {
    return plans.newestFirst().stream()
        .filter(result -> wanted.test(result.getOutcome()))
        .limit(most)
        .map(HealView.Plan::of)
        .toList();
  }
}
