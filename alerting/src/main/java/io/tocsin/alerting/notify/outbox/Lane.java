package io.tocsin.alerting.notify.outbox;

import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All that goes through one channel. Not thread-safe. */
final class Lane {

  /** P0s that come within this of each other are one storm. */
  static final Duration STORM = Duration.ofSeconds(1);

  private final String channel;
  private final ChannelConfig config;
  private final Map<String, Delivery> byId = new HashMap<>();
  private final Map<String, Story> stories = new LinkedHashMap<>();
  private final TreeSet<Delivery> open = new TreeSet<>(Records.URGENT_FIRST);
  private final Map<String, Instant> counted = new HashMap<>();
  private final Map<String, Delivery> toldDigests = new LinkedHashMap<>();
  private final Map<String, Delivery> watched = new LinkedHashMap<>();
  private final Deque<Instant> urgent = new ArrayDeque<>();
  private final Set<String> inFlight = new HashSet<>();
  private final Set<String> inherited = new HashSet<>();
  private final Set<String> doubtful = new HashSet<>();
  private final Map<String, Instant> repeated = new HashMap<>();
  private Instant pausedUntil = Instant.MIN;

  /** A lane; without a configuration if nothing is configured under its name any more. */
  Lane(String channel, ChannelConfig config) {
    this.channel = channel;
    this.config = config;
  }

  String channel() {
    return channel;
  }

  Optional<ChannelConfig> config() {
    return Optional.ofNullable(config);
  }

  /** Takes the newest record of a delivery. */
  void put(Delivery delivery) {
    Delivery before = byId.put(delivery.getId(), delivery);
    if (before != null) {
      open.remove(before);
    }
    if (Records.isOpen(delivery)) {
      open.add(delivery);
    }
    if (before == null && Records.isP0(delivery) && isPart(delivery)) {
      urgent.addLast(delivery.getCreatedAt());
    }
    if (Records.isSent(delivery) && !Records.isP0(delivery) && isPart(delivery)) {
      counted.putIfAbsent(delivery.getId(), delivery.getAt());
    }
    watch(delivery);
    Story story =
        stories.computeIfAbsent(delivery.getNotification().getIncidentId(), id -> new Story());
    story.put(delivery);
    if (Digest.is(delivery)) {
      watchDigest(delivery, story);
    }
    inFlight.remove(delivery.getId());
  }

  private void watch(Delivery delivery) {
    boolean wanting =
        Records.isOpen(delivery) || delivery.getState() == DeliveryState.FAILED_PERMANENT;
    if (wanting && Records.isP0(delivery) && !Records.isResolve(delivery)) {
      watched.put(delivery.getId(), delivery);
    } else {
      watched.remove(delivery.getId());
    }
  }

  private void watchDigest(Delivery delivery, Story story) {
    String id = delivery.getNotification().getIncidentId();
    if (story.all().stream().anyMatch(Records::isResolve)) {
      toldDigests.remove(id);
    } else if (Records.isSent(delivery)) {
      toldDigests.put(id, delivery);
    }
  }

  /** Digests that the receiver has, and has not heard the end of. */
  Collection<Delivery> toldDigests() {
    return toldDigests.values();
  }

  /** P0s that the receiver has not got. */
  Collection<Delivery> watched() {
    return watched.values();
  }

  private static boolean isPart(Delivery delivery) {
    return !Records.isResolve(delivery) && !Digest.is(delivery);
  }

  /**
   * Says that all so far comes from before a stop: at most one of each kind was being sent then,
   * and nobody knows whether it arrived.
   */
  void inherit() {
    Set<String> kinds = new HashSet<>();
    for (Delivery delivery : open) {
      inherited.add(delivery.getId());
      String kind = Records.isP0(delivery) + "/" + Records.waitsForOthers(delivery);
      if (delivery.getAttempts() == 0 && kinds.add(kind)) {
        doubtful.add(delivery.getId());
      }
    }
  }

  boolean knows(String id) {
    return byId.containsKey(id);
  }

  Optional<Delivery> delivery(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<Story> story(String incidentId) {
    return Optional.ofNullable(stories.get(incidentId));
  }

  Map<String, Story> stories() {
    return stories;
  }

  /** Those still to be sent, P0 first, then the oldest. */
  Collection<Delivery> open() {
    return open;
  }

  /** Whether nothing is known of a delivery to its receiver, for certain. */
  boolean isUntouched(Delivery delivery) {
    return delivery.getAttempts() == 0
        && !inFlight.contains(delivery.getId())
        && !inherited.contains(delivery.getId());
  }

  /** Whether it may still go out as a part of another without being told twice. */
  boolean isGroupable(Delivery delivery) {
    return delivery.getAttempts() == 0
        && !Digest.is(delivery)
        && !inFlight.contains(delivery.getId())
        && !doubtful.contains(delivery.getId());
  }

  boolean isInFlight(Delivery delivery) {
    return inFlight.contains(delivery.getId());
  }

  void handOut(Delivery delivery) {
    inFlight.add(delivery.getId());
  }

  void pause(Instant until) {
    pausedUntil = until.isAfter(pausedUntil) ? until : pausedUntil;
  }

  boolean isPaused(Instant now) {
    return now.isBefore(pausedUntil);
  }

  /** Whether nothing before it in its incident is still to be sent. */
  boolean isHead(Delivery delivery) {
    return stories.get(delivery.getNotification().getIncidentId()).head().stream()
        .anyMatch(head -> head.getId().equals(delivery.getId()));
  }

  /** How many P0s came in the time before one, itself included. */
  long stormAt(Delivery newest) {
    Instant from = newest.getCreatedAt().minus(STORM);
    while (!urgent.isEmpty() && urgent.peekFirst().isBefore(from)) {
      urgent.removeFirst();
    }
    return urgent.stream().filter(at -> at.isAfter(from)).count();
  }

  /** Ids and times of those sent that a budget counts; for the budget to forget old ones. */
  Map<String, Instant> counted() {
    return counted;
  }

  int countedInFlight() {
    return (int)
        inFlight.stream()
            .map(byId::get)
            .filter(one -> one != null && !Records.isP0(one) && isPart(one))
            .count();
  }

  /** When an incident's last message was handed over, the first time or again. */
  Instant lastToldAt(String incidentId, Delivery last) {
    Instant again = repeated.getOrDefault(incidentId, Instant.MIN);
    return again.isAfter(last.getAt()) ? again : last.getAt();
  }

  void repeated(String incidentId, Instant at) {
    repeated.put(incidentId, at);
  }

  /** Forgets incidents of which nothing is to be told and nothing was for long. */
  void forget(Instant endedBefore, Instant quietSince) {
    List<String> gone =
        stories.entrySet().stream()
            .filter(entry -> isOld(entry.getValue(), endedBefore, quietSince))
            .map(Map.Entry::getKey)
            .toList();
    for (String incident : gone) {
      for (Delivery delivery : stories.remove(incident).all()) {
        byId.remove(delivery.getId());
        watched.remove(delivery.getId());
        inherited.remove(delivery.getId());
        doubtful.remove(delivery.getId());
      }
      repeated.remove(incident);
      toldDigests.remove(incident);
    }
  }

  private static boolean isOld(Story story, Instant endedBefore, Instant quietSince) {
    Delivery last = story.last().orElseThrow();
    boolean ended = Records.isResolve(last);
    return story.head().isEmpty() && last.getAt().isBefore(ended ? endedBefore : quietSince);
  }
}
