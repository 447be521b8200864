package io.tocsin.alerting.notify.outbox;

import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells that a digest is over, once all is that it told of: a pager keeps something open under its
 * key until then.
 */
final class DigestEnds {

  private DigestEnds() {}

  /** Records that end digests. */
  static List<Delivery> review(Map<String, Lane> lanes, Instant now) {
    List<Delivery> records = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      if (lane.config().map(ChannelConfig::resolves).orElse(false)) {
        lane.toldDigests().stream()
            .filter(digest -> isOver(digest, origin(digest, lane, lanes)))
            .map(digest -> end(digest, lane, now))
            .forEach(records::add);
      }
    }
    return records;
  }

  /** The lane whose deliveries went into a digest; another one if it stands in for that. */
  private static Lane origin(Delivery digest, Lane lane, Map<String, Lane> lanes) {
    Delivery at = digest;
    Lane here = lane;
    while (at != null && at.getFallbackFor() != null && lanes.containsKey(at.getFallbackFor())) {
      here = lanes.get(at.getFallbackFor());
      String id = DeliveryIds.of(digest.getNotification().getId(), here.channel());
      at = here.delivery(id).orElse(null);
    }
    return here;
  }

  private static boolean isOver(Delivery digest, Lane origin) {
    String id = digest.getNotification().getIncidentId();
    boolean any = false;
    for (Story story : origin.stories().values()) {
      for (Delivery one : story.all()) {
        if (Digest.isPartOf(one, id)) {
          any = true;
          if (!Records.isResolve(one) && !story.endsAfter(one)) {
            return false;
          }
        }
      }
    }
    return any;
  }

  private static Delivery end(Delivery digest, Lane lane, Instant now) {
    Notification told = digest.getNotification();
    Notification over =
        Notification.newBuilder(told)
            .setId(told.getId() + "-over")
            .setIncidentVersion(told.getIncidentVersion() + 1)
            .setKind(NotificationKind.RESOLVED)
            .setAt(Records.millis(now))
            .setReason("all that it told of is over")
            .setDueAt(null)
            .build();
    Instant at =
        lane.story(told.getIncidentId())
            .map(story -> story.nextCreatedAt(now))
            .orElse(Records.millis(now));
    return Records.pending(over, lane.channel(), at, null);
  }
}
