package io.tocsin.alerting.notify.outbox;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/** Makes delivery records, and reads them. Reasons are one plain line of bounded length. */
final class Records {

  /** The order in which they were put into the outbox. */
  static final Comparator<Delivery> OLDEST_FIRST =
      Comparator.comparing(Delivery::getCreatedAt).thenComparing(Delivery::getId);

  /** P0 before everything, then the oldest. */
  static final Comparator<Delivery> URGENT_FIRST =
      Comparator.comparing((Delivery delivery) -> !isP0(delivery)).thenComparing(OLDEST_FIRST);

  private static final int REASON_CHARS = 500;
  private static final int RECEIPT_CHARS = 200;

  private Records() {}

  static Delivery pending(
      Notification notification, String channel, Instant at, Instant notBefore) {
    return Delivery.newBuilder()
        .setId(DeliveryIds.of(notification.getId(), channel))
        .setChannel(channel)
        .setNotification(notification)
        .setDedupKey(notification.getIncidentId())
        .setState(DeliveryState.PENDING)
        .setReason(PlainText.head(notification.getReason(), REASON_CHARS))
        .setCreatedAt(at)
        .setAt(at)
        .setNextAttemptAt(notBefore)
        .build();
  }

  /** It is over, without another try. */
  static Delivery over(Delivery before, DeliveryState state, String reason, Instant now) {
    return Delivery.newBuilder(before)
        .setState(state)
        .setReason(PlainText.head(reason, REASON_CHARS))
        .setAt(millis(now))
        .setNextAttemptAt(null)
        .build();
  }

  /** One try more, after which it is over. */
  static Delivery tried(
      Delivery before, DeliveryState state, String reason, String receipt, Instant now) {
    Delivery after = over(before, state, reason, now);
    after.setAttempts(before.getAttempts() + 1);
    after.setReceipt(receipt == null ? null : PlainText.head(receipt, RECEIPT_CHARS));
    return after;
  }

  /** One try more, and there will be another. */
  static Delivery again(Delivery before, String reason, Instant next, Instant now) {
    Delivery after = tried(before, DeliveryState.FAILED_TEMPORARY, reason, null, now);
    after.setNextAttemptAt(millis(next));
    return after;
  }

  static boolean isOpen(Delivery delivery) {
    return delivery.getState() == DeliveryState.PENDING
        || delivery.getState() == DeliveryState.FAILED_TEMPORARY;
  }

  static boolean isSent(Delivery delivery) {
    return delivery.getState() == DeliveryState.SENT
        || delivery.getState() == DeliveryState.DELIVERED;
  }

  static boolean isResolve(Delivery delivery) {
    return delivery.getNotification().getKind() == NotificationKind.RESOLVED;
  }

  static boolean isP0(Delivery delivery) {
    return delivery.getNotification().getPriority() == Priority.P0;
  }

  /** Whether it waits for others to go out with it. */
  static boolean waitsForOthers(Delivery delivery) {
    return delivery.getState() == DeliveryState.PENDING
        && delivery.getNextAttemptAt() != null
        && !Digest.is(delivery)
        && delivery.getNextAttemptAt().isAfter(delivery.getCreatedAt());
  }

  static boolean isDue(Delivery delivery, Instant now) {
    return delivery.getNextAttemptAt() == null || !delivery.getNextAttemptAt().isAfter(now);
  }

  static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
