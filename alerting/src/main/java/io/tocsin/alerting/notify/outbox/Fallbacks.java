package io.tocsin.alerting.notify.outbox;

import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A P0 that a channel's receiver has not got in time, or refuses, is told through another channel,
 * once: the id of the second delivery is made of the notification and that channel, so that it is
 * there or not, whoever asks. A chain of channels ends where one has no fallback, or has been told.
 */
final class Fallbacks {

  private Fallbacks() {}

  /** Records that make another channel stand in. */
  static List<Delivery> review(Lane lane, Map<String, Lane> lanes, Instant now) {
    ChannelConfig config = lane.config().orElse(null);
    if (config == null || config.fallback() == null) {
      return List.of();
    }
    Lane other = lanes.get(config.fallback());
    if (other == null || other.config().isEmpty()) {
      return List.of();
    }
    return lane.watched().stream()
        .filter(one -> isLate(one, config, now))
        .filter(one -> !other.knows(id(one, other)))
        .filter(one -> !endsAfter(lane, one))
        .map(one -> inPlaceOf(one, other, config, now))
        .toList();
  }

  private static boolean isLate(Delivery delivery, ChannelConfig config, Instant now) {
    return delivery.getState() == DeliveryState.FAILED_PERMANENT
        || !now.isBefore(delivery.getCreatedAt().plus(config.fallbackAfter()));
  }

  private static boolean endsAfter(Lane lane, Delivery delivery) {
    return lane.story(delivery.getNotification().getIncidentId())
        .map(story -> story.endsAfter(delivery))
        .orElse(false);
  }

  private static String id(Delivery delivery, Lane other) {
    return DeliveryIds.of(delivery.getNotification().getId(), other.channel());
  }

  private static Delivery inPlaceOf(Delivery late, Lane other, ChannelConfig config, Instant now) {
    Instant at =
        other
            .story(late.getNotification().getIncidentId())
            .map(story -> story.nextCreatedAt(now))
            .orElse(Records.millis(now));
    Delivery standIn = Records.pending(late.getNotification(), other.channel(), at, null);
    standIn.setFallbackFor(late.getChannel());
    standIn.setReason(
        late.getState() == DeliveryState.FAILED_PERMANENT
            ? late.getChannel() + " refuses it: another way"
            : late.getChannel()
                + " has not got it within "
                + config.fallbackAfter().toSeconds()
                + " s: another way");
    return standIn;
  }
}
