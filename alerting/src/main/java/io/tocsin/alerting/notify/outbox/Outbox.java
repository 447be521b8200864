package io.tocsin.alerting.notify.outbox;

import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.route.Target;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything that is to be told, and what became of it. Each method that decides something enters
 * it here and returns the records that say so; they have to be written before the next thing is
 * done. The records, entered into another outbox by {@link #restore}, make the same one.
 *
 * <p>Of one incident, a channel is told one thing after the other. What is sent may arrive twice,
 * if the process dies before the answer is written; it then has the same dedup key. Not
 * thread-safe.
 */
public final class Outbox {

  /** What was not accepted for so long is given up, unless it is the end of something told. */
  public static final Duration GIVE_UP = Duration.ofHours(24);

  private static final Duration ENDED_KEPT = Duration.ofDays(2);
  private static final Duration QUIET_KEPT = Duration.ofDays(31);

  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private boolean somethingEnded;

  /** An empty one with the channels of a configuration. */
  public Outbox(NotificationConfig config) {
    for (ChannelConfig channel : config.channels()) {
      lanes.putIfAbsent(channel.name(), new Lane(channel.name(), channel));
    }
  }

  /** Enters records from before a stop, in the order of their topic. */
  public void restore(List<Delivery> records) {
    records.forEach(this::put);
    lanes.values().forEach(Lane::inherit);
  }

  private void put(Delivery delivery) {
    somethingEnded |= Records.isResolve(delivery) || Digest.is(delivery);
    lanes.computeIfAbsent(delivery.getChannel(), name -> new Lane(name, null)).put(delivery);
  }

  private List<Delivery> entered(List<Delivery> records) {
    records.forEach(this::put);
    return records;
  }

  /** Takes a notification that is to go to some channels. */
  public Acceptance accept(Notification notification, List<Target> targets, Instant now) {
    if (notification.getHeldBackBy() != null) {
      return new Acceptance.Ignored("held back");
    }
    if (notification.getKind() == NotificationKind.RESOLVED) {
      return end(notification, now);
    }
    if (targets.isEmpty()) {
      return new Acceptance.Ignored("no channel");
    }
    List<Delivery> records = new ArrayList<>();
    for (Target target : targets) {
      Lane lane = lanes.get(target.channel());
      if (isNew(notification, lane)) {
        records.addAll(entered(overtaken(lane, notification, now)));
        records.addAll(entered(List.of(pending(notification, target, now))));
      }
    }
    return records.isEmpty() ? new Acceptance.Ignored("known") : new Acceptance.Taken(records);
  }

  /** A P0 does not wait for what was said of its incident when it was no P0. */
  private static List<Delivery> overtaken(Lane lane, Notification notification, Instant now) {
    if (notification.getPriority() != Priority.P0) {
      return List.of();
    }
    return lane.story(notification.getIncidentId()).stream()
        .flatMap(story -> story.open().stream())
        .filter(one -> !Records.isP0(one) && !Records.isResolve(one) && !lane.isInFlight(one))
        .map(
            one ->
                lane.isUntouched(one)
                    ? Records.over(one, DeliveryState.SUPERSEDED, "it is P0 now", now)
                    // Counted as a try, which lasts: it may have arrived, and then wants an end.
                    : Records.tried(one, DeliveryState.SUPERSEDED, "it is P0 now", null, now))
        .toList();
  }

  private static boolean isNew(Notification notification, Lane lane) {
    return lane != null && !lane.knows(DeliveryIds.of(notification.getId(), lane.channel()));
  }

  private Delivery pending(Notification notification, Target target, Instant now) {
    Lane lane = lanes.get(target.channel());
    Instant at = createdAt(lane, notification, now);
    boolean waits =
        notification.getPriority() != Priority.P0
            && target.groupWait().compareTo(Duration.ZERO) > 0;
    return Records.pending(
        notification,
        lane.channel(),
        at,
        waits ? groupEnd(lane, at.plus(target.groupWait())) : null);
  }

  private static Instant createdAt(Lane lane, Notification notification, Instant now) {
    return lane.story(notification.getIncidentId())
        .map(story -> story.nextCreatedAt(now))
        .orElse(Records.millis(now));
  }

  /** When the group goes out that is waiting already; else at the time given. */
  private static Instant groupEnd(Lane lane, Instant own) {
    return lane.open().stream()
        .filter(one -> Records.waitsForOthers(one) && lane.isGroupable(one))
        .map(Delivery::getNextAttemptAt)
        .filter(end -> end.isBefore(own) && end.isAfter(own.minus(Backoff.MOST_ASKED_FOR)))
        .min(Instant::compareTo)
        .orElse(own);
  }

  /** Every channel that knows of an incident is told of its end, whatever the routes say now. */
  private Acceptance end(Notification notification, Instant now) {
    List<Delivery> records = new ArrayList<>();
    boolean known = false;
    for (Lane lane : lanes.values()) {
      Story story = lane.story(notification.getIncidentId()).orElse(null);
      if (story == null || lane.config().isEmpty()) {
        continue;
      }
      if (!isNew(notification, lane)) {
        known = true;
        continue;
      }
      records.addAll(entered(end(lane, story, notification, now)));
    }
    return records.isEmpty()
        ? new Acceptance.Ignored(known ? "known" : "nobody was told")
        : new Acceptance.Taken(records);
  }

  private static List<Delivery> end(
      Lane lane, Story story, Notification notification, Instant now) {
    List<Delivery> records = new ArrayList<>();
    List<Delivery> course = story.course().stream().filter(Records::isOpen).toList();
    // What was being sent when the process died may have arrived, and so may what was overtaken
    // since: its end has to follow.
    boolean maybeTold =
        story.course().stream()
            .filter(one -> Records.isOpen(one) || one.getState() == DeliveryState.SUPERSEDED)
            .anyMatch(one -> !lane.isUntouched(one));
    boolean told = story.isTold(null) || maybeTold;
    course.stream()
        .filter(one -> !lane.isInFlight(one))
        .map(one -> Records.over(one, DeliveryState.SUPERSEDED, "it is over", now))
        .forEach(records::add);
    Delivery end =
        Records.pending(notification, lane.channel(), createdAt(lane, notification, now), null);
    if (!lane.config().get().resolves()) {
      records.add(
          Records.over(end, DeliveryState.SUPERSEDED, "the channel is not told of ends", now));
    } else if (!told) {
      records.add(Records.over(end, DeliveryState.SUPERSEDED, "over before anybody was told", now));
    } else {
      records.add(end);
    }
    return records;
  }

  /**
   * Decides what time brings about: what goes out together, what is beyond a budget, what another
   * channel takes over, what is given up. To be asked before {@link #next}.
   */
  public List<Delivery> review(Instant now) {
    List<Delivery> records = new ArrayList<>();
    for (Lane lane : List.copyOf(lanes.values())) {
      records.addAll(entered(givenUp(lane, now)));
      records.addAll(entered(Storms.review(lane, now)));
      lane.config()
          .ifPresent(config -> records.addAll(entered(Budgets.review(lane, config.budget(), now))));
      records.addAll(entered(Fallbacks.review(lane, lanes, now)));
    }
    if (somethingEnded) {
      somethingEnded = false;
      records.addAll(entered(DigestEnds.review(lanes, now)));
    }
    return records;
  }

  private static List<Delivery> givenUp(Lane lane, Instant now) {
    Stream<Delivery> open = lane.open().stream().filter(one -> !lane.isInFlight(one));
    if (lane.config().isEmpty()) {
      String reason = "no channel of this name is configured any more";
      return open.map(one -> Records.over(one, DeliveryState.FAILED_PERMANENT, reason, now))
          .toList();
    }
    return open.filter(one -> !now.isBefore(one.getCreatedAt().plus(GIVE_UP)))
        .filter(one -> !Records.isResolve(one))
        .map(
            one ->
                Records.over(
                    one,
                    DeliveryState.FAILED_PERMANENT,
                    "given up after " + GIVE_UP.toHours() + " h: " + one.getReason(),
                    now))
        .toList();
  }

  /** What a channel sends now, if anything; it counts as being sent until it is answered. */
  public Optional<Delivery> next(String channel, Instant now) {
    Lane lane = lanes.get(channel);
    if (lane.isPaused(now) || lane.open().isEmpty()) {
      return Optional.empty();
    }
    Set<String> held = Storms.held(lane, now);
    int room = lane.config().map(config -> Budgets.room(lane, config.budget(), now)).orElse(0);
    Optional<Delivery> next =
        lane.open().stream()
            .filter(one -> Records.isDue(one, now) && !lane.isInFlight(one))
            .filter(one -> !held.contains(one.getId()) && lane.isHead(one))
            .filter(one -> room > 0 || !Budgets.counts(lane, one))
            .findFirst();
    next.ifPresent(lane::handOut);
    return next;
  }

  /** Enters what came of a try. */
  public Delivery answered(Delivery delivery, SendAnswer answer, Instant now) {
    Lane lane = lanes.get(delivery.getChannel());
    Delivery after;
    if (answer instanceof SendAnswer.Accepted accepted) {
      after = Records.tried(delivery, DeliveryState.SENT, "accepted", accepted.receipt(), now);
    } else if (answer instanceof SendAnswer.Refused refused) {
      after = Records.tried(delivery, DeliveryState.FAILED_PERMANENT, refused.reason(), null, now);
    } else {
      after = again(lane, delivery, (SendAnswer.TryAgain) answer, now);
    }
    put(after);
    return after;
  }

  private static Delivery again(
      Lane lane, Delivery delivery, SendAnswer.TryAgain answer, Instant now) {
    boolean overtaken =
        lane.story(delivery.getNotification().getIncidentId())
            .map(story -> story.overtakes(delivery))
            .orElse(false);
    if (overtaken && !Records.isResolve(delivery)) {
      String reason = "what came after it says all: " + answer.reason();
      return Records.tried(delivery, DeliveryState.SUPERSEDED, reason, null, now);
    }
    if (answer.retryAfter() != null) {
      // Asked of the channel, not of this one message.
      lane.pause(now.plus(Backoff.askedFor(answer.retryAfter())));
    }
    Duration wait =
        Backoff.after(delivery.getId(), delivery.getAttempts() + 1, answer.retryAfter());
    return Records.again(delivery, answer.reason(), now.plus(wait), now);
  }

  /**
   * A last message that a forgetful receiver has to be told again.
   *
   * @param every how often
   * @param isOpen whether an incident is known to be open, by its id
   */
  public Optional<Delivery> repeat(
      String channel, Duration every, Predicate<String> isOpen, Instant now) {
    Lane lane = lanes.get(channel);
    if (lane.isPaused(now)) {
      return Optional.empty();
    }
    return lane.stories().entrySet().stream()
        .filter(entry -> entry.getValue().head().isEmpty() && isOpen.test(entry.getKey()))
        .flatMap(entry -> entry.getValue().last().stream())
        .filter(last -> Records.isSent(last) && !Records.isResolve(last) && !Digest.is(last))
        .filter(
            last ->
                !now.isBefore(
                    lane.lastToldAt(last.getNotification().getIncidentId(), last).plus(every)))
        .findFirst();
  }

  /** Remembers that an incident's last message was sent again, or could not be. */
  public void repeated(Delivery delivery, Instant now) {
    lanes.get(delivery.getChannel()).repeated(delivery.getNotification().getIncidentId(), now);
  }

  /** Forgets what is over for long; to be called now and then. */
  public void forget(Instant now) {
    lanes.values().forEach(lane -> lane.forget(now.minus(ENDED_KEPT), now.minus(QUIET_KEPT)));
  }

  /** How many deliveries of a channel are still to be made. */
  public int open(String channel) {
    return lanes.containsKey(channel) ? lanes.get(channel).open().size() : 0;
  }

  /** The newest record of every delivery that is known, for tests and views. */
  List<Delivery> all() {
    return lanes.values().stream()
        .flatMap(lane -> lane.stories().values().stream())
        .flatMap(story -> story.all().stream())
        .toList();
  }
}
