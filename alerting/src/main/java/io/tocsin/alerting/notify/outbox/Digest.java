package io.tocsin.alerting.notify.outbox;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Many deliveries of one channel as one: a SUMMARY of an incident of its own, whose version counts
 * what is in it. The same members give the same digest.
 */
final class Digest {

  private static final String PREFIX = "digest-";
  private static final String PART = "goes out as a part of ";
  private static final int LINE_CHARS = 140;
  private static final int TEXT_CHARS = 3_000;

  private Digest() {}

  /** Whether a delivery is one. */
  static boolean is(Delivery delivery) {
    return delivery.getNotification().getIncidentId().startsWith(PREFIX);
  }

  /**
   * Whether a delivery went out as a part of one: its reason, which is made here, says of which.
   */
  static boolean isPartOf(Delivery delivery, String digestId) {
    return delivery.getState() == DeliveryState.DIGESTED
        && delivery.getReason().startsWith(PART + digestId + ":");
  }

  /** Id of the one that takes what is beyond a budget until a time. */
  static String idUntil(String channel, Instant end) {
    return PREFIX + DeliveryIds.of("budget", channel, end.toString());
  }

  /**
   * Members that go out as one now: their own ends first, the digest last.
   *
   * @param why in words: {@code so many at once}
   */
  static List<Delivery> ofAll(String channel, List<Delivery> members, String why, Instant now) {
    String ids = members.stream().map(Delivery::getId).collect(Collectors.joining(","));
    String id = PREFIX + DeliveryIds.of("group", channel, ids);
    return with(null, id, channel, members, why, null, now);
  }

  /**
   * Members that go out later, with those that a digest has already.
   *
   * @param before the digest so far; null if there is none
   * @param due when it goes out
   */
  static List<Delivery> later(
      Delivery before,
      String channel,
      List<Delivery> members,
      String why,
      Instant due,
      Instant now) {
    return with(before, idUntil(channel, due), channel, members, why, due, now);
  }

  private static List<Delivery> with(
      Delivery before,
      String id,
      String channel,
      List<Delivery> members,
      String why,
      Instant due,
      Instant now) {
    List<Delivery> records = new ArrayList<>();
    String place = PART + id + ": " + why;
    members.forEach(one -> records.add(Records.over(one, DeliveryState.DIGESTED, place, now)));
    Notification was = before == null ? null : before.getNotification();
    Notification all = notification(was, id, members, why, now);
    Delivery digest = Records.pending(all, channel, Records.millis(now), due);
    if (before != null) {
      digest.setCreatedAt(before.getCreatedAt());
    }
    records.add(digest);
    return records;
  }

  private static Notification notification(
      Notification before, String id, List<Delivery> members, String why, Instant now) {
    List<Notification> parts =
        Stream.concat(Stream.ofNullable(before), members.stream().map(Delivery::getNotification))
            .toList();
    int count = members.size() + (before == null ? 0 : before.getIncidentVersion());
    Priority most = parts.stream().map(Notification::getPriority).min(Priority::compareTo).get();
    String lines = members.stream().map(Digest::line).collect(Collectors.joining("; "));
    String text = before == null ? lines : before.getReason() + "; " + lines;
    return Notification.newBuilder()
        .setId(id)
        .setIncidentId(id)
        .setIncidentVersion(count)
        .setKind(NotificationKind.SUMMARY)
        .setPriority(most)
        .setLevel(parts.stream().mapToInt(Notification::getLevel).min().getAsInt())
        .setAt(before == null ? Records.millis(now) : before.getAt())
        .setEventAt(parts.stream().map(Notification::getEventAt).max(Instant::compareTo).get())
        .setSummary(count + " messages as one: " + why)
        .setReason(PlainText.head(text, TEXT_CHARS))
        .setDueAt(
            parts.stream()
                .map(Notification::getDueAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null))
        .build();
  }

  private static String line(Delivery member) {
    Notification one = member.getNotification();
    return PlainText.head(
        one.getPriority() + " " + one.getKind() + ": " + one.getSummary(), LINE_CHARS);
  }
}
