package io.tocsin.server.delivery;

import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.Notification;
import java.time.Instant;

/**
 * One notification on its way through one channel, as the API shows it.
 *
 * @param nextAttemptAt null where it is over, or may go at once
 * @param receipt what the receiver calls it; null where it does not say
 * @param fallbackFor the channel it stands in for; null where it stands for itself
 */
public record DeliveryView(
    String id,
    String incident,
    String channel,
    String state,
    String reason,
    int attempts,
    String kind,
    String priority,
    String summary,
    String dedupKey,
    Instant createdAt,
    Instant at,
    Instant nextAttemptAt,
    String receipt,
    String fallbackFor) {

  static DeliveryView of(Delivery delivery) {
    Notification notification = delivery.getNotification();
    return new DeliveryView(
        delivery.getId(),
        notification.getIncidentId(),
        delivery.getChannel(),
        delivery.getState().name(),
        delivery.getReason(),
        delivery.getAttempts(),
        notification.getKind().name(),
        notification.getPriority().name(),
        notification.getSummary(),
        delivery.getDedupKey(),
        delivery.getCreatedAt(),
        delivery.getAt(),
        delivery.getNextAttemptAt(),
        delivery.getReceipt(),
        delivery.getFallbackFor());
  }
}
