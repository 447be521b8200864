package io.tocsin.server.healing;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.fleet.Fleet;
import io.tocsin.alerting.healing.trust.Trust;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the responder tells of itself. Bounded: the {@value #PLANS_KEPT} plans that changed last
 * stay, each with its first {@value #STEPS_KEPT} steps. Trust is kept as the responder keeps it,
 * from all results that are retained.
 */
public final class Healing extends View {

  static final int PLANS_KEPT = 2_000;
  private static final int SHOWN = 20;

  private static final int STEPS_KEPT = 50;

  private final Newest<HealResult> plans = new Newest<>(PLANS_KEPT);
  private final Newest<List<HealView.Step>> steps = new Newest<>(PLANS_KEPT);
  private HealingConfig config = HealingConfig.DEFAULT;
  private Fleet fleet = new Fleet(config);
  private Trust trust = new Trust(config.autonomy().below(), fleet::targetClass);
  private Command pause;
  private long epoch;

  /**
   * Tells what the responder is allowed; without it, nothing but looking on. Before any record
   * comes, as what was tried is judged by it.
   */
  public synchronized void configure(HealingConfig allowed) {
    config = allowed;
    fleet = new Fleet(allowed);
    trust = new Trust(allowed.autonomy().below(), fleet::targetClass);
    changed();
  }

  @Override
  protected boolean take(Received<?> received) {
    if (received.topic().name().equals(Topics.RESOURCES.name())) {
      fleet.put(received.key(), received.as(Topics.RESOURCES).orElse(null));
      return false;
    }
    return received.as(Topics.HEAL_RESULTS).map(this::result).orElse(false)
        || received.as(Topics.COMMANDS).map(this::command).orElse(false);
  }

  private boolean result(HealResult result) {
    plans.put(result.getPlanId(), result);
    trust.add(result);
    step(result);
    epoch = Math.max(epoch, result.getEpoch());
    return true;
  }

  /** A step that is delivered again has the same outcome at the same time. */
  private void step(HealResult result) {
    List<HealView.Step> before = steps.get(result.getPlanId());
    List<HealView.Step> all = new ArrayList<>(before == null ? List.of() : before);
    HealView.Step step = HealView.Step.of(result);
    if (all.size() < STEPS_KEPT && !all.contains(step)) {
      all.add(step);
    }
    steps.put(result.getPlanId(), all);
  }

  private boolean command(Command command) {
    if (command.getKind() == CommandKind.HEAL_PAUSE) {
      pause = command;
    } else if (command.getKind() == CommandKind.HEAL_RESUME) {
      pause = null;
    } else if (command.getKind() == CommandKind.HEAL_PROMOTE && command.getAutonomy() != null) {
      trust.promote(command.getAutonomy(), command.getAt());
    } else {
      return false;
    }
    return true;
  }

  /** How healing stands. */
  public synchronized HealView view() {
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

  /** Newest word on each plan of an incident, or on all if it is null; newest first. */
  public synchronized List<HealView.Plan> plans(String incident) {
    return plans.newestFirst().stream()
        .filter(result -> incident == null || incident.equals(result.getIncidentId()))
        .map(HealView.Plan::of)
        .toList();
  }

  /** A plan with its steps. */
  public synchronized Optional<HealView.Detail> plan(String id) {
    return Optional.ofNullable(plans.get(id))
        .map(newest -> HealView.Detail.of(newest, List.copyOf(steps.get(id))));
  }

  /** What the configuration lets the responder do. */
  public synchronized List<ActionView> actions() {
    return config.actions().stream()
        .map(action -> ActionView.of(action, config.ladders()))
        .toList();
  }

  /** How often each action has helped, by rule and class of target. */
  public synchronized List<AutonomyView> autonomy() {
    return trust.table().stream().map(AutonomyView::of).toList();
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
