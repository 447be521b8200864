package io.tocsin.server;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the responder tells of itself. Bounded: the newest {@value #PLANS_KEPT} plans stay. Not
 * thread-safe; {@link Views} sees to that.
 */
final class HealingViews {

  static final int PLANS_KEPT = 2_000;
  private static final int SHOWN = 20;

  private final Map<String, HealResult> plans =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HealResult> eldest) {
          return size() > PLANS_KEPT;
        }
      };

  private HealingConfig config = HealingConfig.DEFAULT;
  private Command pause;
  private long epoch;

  void configure(HealingConfig allowed) {
    config = allowed;
  }

  void apply(Received<?> received) {
    received
        .as(Topics.HEAL_RESULTS)
        .ifPresent(
            result -> {
              plans.remove(result.getPlanId()); // the newest word goes to the end
              plans.put(result.getPlanId(), result);
              epoch = Math.max(epoch, result.getEpoch());
            });
    received
        .as(Topics.COMMANDS)
        .ifPresent(
            command -> {
              if (command.getKind() == CommandKind.HEAL_PAUSE) {
                pause = command;
              } else if (command.getKind() == CommandKind.HEAL_RESUME) {
                pause = null;
              }
            });
  }

  HealView view() {
    return new HealView(
        config.mode().name(),
        config.separate(),
        epoch,
        pause == null ? null : HealView.Pause.of(pause),
        newest(HealingViews::isUnderWay, PLANS_KEPT),
        newest(outcome -> outcome == HealOutcome.AWAITING_APPROVAL, PLANS_KEPT),
        newest(outcome -> outcome == HealOutcome.REFUSED, SHOWN),
        newest(HealingViews::hasEnded, SHOWN));
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
    List<HealResult> all = new ArrayList<>(plans.values());
    Collections.reverse(all);
    return all.stream()
        .filter(result -> wanted.test(result.getOutcome()))
        .limit(most)
        .map(HealView.Plan::of)
        .toList();
  }
}
