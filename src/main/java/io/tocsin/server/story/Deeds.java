package io.tocsin.server.story;

import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.util.Comparator;
import java.util.List;

/**
 * What was done about incidents: people told, healing tried. Bounded: of either, the {@value #KEPT}
 * that changed last stay.
 */
public final class Deeds extends View {

  static final int KEPT = 5_000;

  private final Newest<Delivery> deliveries = new Newest<>(KEPT);
  private final Newest<HealResult> steps = new Newest<>(KEPT);

  @Override
  protected boolean take(Received<?> received) {
    if (received.value() instanceof Delivery delivery) {
      deliveries.put(delivery.getId(), delivery);
      return true;
    } else if (received.value() instanceof HealResult step
        && received.topic().name().equals(Topics.HEAL_RESULTS.name())) {
      steps.put(step.getPlanId() + " " + step.getOutcome(), step);
      return true;
    }
    return false;
  }

  /** What people were told of an incident, in the order in which it was put into the outbox. */
  public synchronized List<Delivery> deliveries(String incident) {
    return deliveries.oldestFirst().stream()
        .filter(each -> each.getNotification().getIncidentId().equals(incident))
        .sorted(Comparator.comparing(Delivery::getCreatedAt).thenComparing(Delivery::getId))
        .toList();
  }

  /** Steps of the plans for an incident, oldest first. */
  public synchronized List<HealResult> steps(String incident) {
    return steps.oldestFirst().stream()
        .filter(each -> each.getIncidentId().equals(incident))
        .sorted(Comparator.comparing(HealResult::getAt).thenComparing(HealResult::getOutcome))
        .toList();
  }
}
