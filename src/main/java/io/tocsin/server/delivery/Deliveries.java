package io.tocsin.server.delivery;

import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.util.Comparator;
import java.util.List;

/** What people were told. Bounded: the {@value #KEPT} that changed last stay. */
public final class Deliveries extends View {

  static final int KEPT = 5_000;

  private final Newest<DeliveryView> deliveries = new Newest<>(KEPT);

  @Override
  protected boolean take(Received<?> received) {
    return received
        .as(Topics.DELIVERIES)
        .map(
            delivery -> {
              deliveries.put(delivery.getId(), DeliveryView.of(delivery));
              return true;
            })
        .orElse(false);
  }

  /** Those of an incident, or all, in the order in which they were put into the outbox. */
  public synchronized List<DeliveryView> of(String incident) {
    return deliveries.oldestFirst().stream()
        .filter(one -> incident == null || one.incident().equals(incident))
        .sorted(Comparator.comparing(DeliveryView::createdAt).thenComparing(DeliveryView::id))
        .toList();
  }
}
