package io.tocsin.server;

import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people were told. Bounded: the {@value #KEPT} that changed last stay. Not thread-safe;
 * {@link Views} sees to that.
 */
final class DeliveryViews {

  static final int KEPT = 5_000;

  private final Map<String, DeliveryView> deliveries =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DeliveryView> eldest) {
          return size() > KEPT;
        }
      };

  void apply(Received<?> received) {
    received
        .as(Topics.DELIVERIES)
        .ifPresent(
            delivery -> {
              deliveries.remove(delivery.getId()); // what changed goes to the end
              deliveries.put(delivery.getId(), DeliveryView.of(delivery));
            });
  }

  /** Those of an incident, or all, in the order in which they were put into the outbox. */
  List<DeliveryView> of(String incident) {
    return deliveries.values().stream()
        .filter(one -> incident == null || one.incident().equals(incident))
        .sorted(Comparator.comparing(DeliveryView::createdAt).thenComparing(DeliveryView::id))
        .toList();
  }
}
