package io.tocsin.alerting.notify.outbox;

import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How many messages a channel takes. Time is cut into windows that begin at whole multiples of the
 * budget's, so that a restart cuts it the same. P0, digests, and the end of what was told singly do
 * not count.
 */
final class Budgets {

  private Budgets() {}

  /** End of the window that a time lies in. */
  static Instant windowEnd(ChannelConfig.Budget budget, Instant now) {
    long length = budget.within().toMillis();
    return Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), length) + 1) * length);
  }

  /** How many more messages may go out in this window. */
  static int room(Lane lane, ChannelConfig.Budget budget, Instant now) {
    Instant begin = windowEnd(budget, now).minus(budget.within());
    lane.counted().values().removeIf(at -> at.isBefore(begin));
    return Math.max(0, budget.messages() - lane.counted().size() - lane.countedInFlight());
  }

  /** Whether a delivery needs room. */
  static boolean counts(Lane lane, Delivery delivery) {
    if (Records.isP0(delivery) || Digest.is(delivery)) {
      return false;
    }
    return !Records.isResolve(delivery)
        || !lane.story(delivery.getNotification().getIncidentId())
            .map(story -> story.isToldSingly(delivery))
            .orElse(false);
  }

  /** Records that put what is beyond the budget into the digest at the window's end. */
  static List<Delivery> review(Lane lane, ChannelConfig.Budget budget, Instant now) {
    List<Delivery> due =
        lane.open().stream()
            .filter(one -> Records.isDue(one, now) && counts(lane, one) && !lane.isInFlight(one))
            .toList();
    int room = room(lane, budget, now);
    if (due.size() <= room) {
      return List.of();
    }
    List<Delivery> beyond =
        Storms.withTheirPast(
            lane, due.subList(room, due.size()).stream().filter(lane::isGroupable).toList());
    if (beyond.isEmpty()) {
      return List.of();
    }
    Instant end = windowEnd(budget, now);
    String id = DeliveryIds.of(Digest.idUntil(lane.channel(), end), lane.channel());
    Delivery before = lane.delivery(id).orElse(null);
    if (before != null && before.getState() != DeliveryState.PENDING) {
      return List.of();
    }
    String why =
        "beyond the budget of %d in %s".formatted(budget.messages(), words(budget.within()));
    return Digest.later(before, lane.channel(), beyond, why, end, now);
  }

  private static String words(Duration span) {
    return span.toSeconds() % 60 == 0 ? span.toMinutes() + " min" : span.toSeconds() + " s";
  }
}
