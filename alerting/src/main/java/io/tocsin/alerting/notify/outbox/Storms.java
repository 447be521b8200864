package io.tocsin.alerting.notify.outbox;

import io.tocsin.schemas.Delivery;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What goes out together: P0s of a storm, and what waits for others by its route. A P0 alone never
 * waits. Of more than {@value #SINGLY} that come within a second the first goes out by itself, and
 * those that are still waiting a second after the oldest of them go out as one.
 */
final class Storms {

  static final int SINGLY = 5;

  private Storms() {}

  /** Ids of P0s that wait for the rest of a storm. */
  static Set<String> held(Lane lane, Instant now) {
    List<Delivery> waiting = waiting(lane);
    return !waiting.isEmpty() && now.isBefore(end(waiting))
        ? waiting.stream().map(Delivery::getId).collect(Collectors.toSet())
        : Set.of();
  }

  /** Records that put those together which have waited long enough. */
  static List<Delivery> review(Lane lane, Instant now) {
    List<Delivery> waiting = waiting(lane);
    if (!waiting.isEmpty() && !now.isBefore(end(waiting))) {
      return Digest.ofAll(lane.channel(), waiting, "more than " + SINGLY + " P0 in a second", now);
    }
    List<Delivery> others =
        withTheirPast(
            lane,
            lane.open().stream()
                .filter(one -> Records.waitsForOthers(one) && Records.isDue(one, now))
                .filter(lane::isGroupable)
                .toList());
    return others.size() > 1
        ? Digest.ofAll(lane.channel(), others, "they came within the group wait", now)
        : List.of();
  }

  private static Instant end(List<Delivery> waiting) {
    return waiting.get(0).getCreatedAt().plus(Lane.STORM);
  }

  /** P0s of a storm that are neither the first of it nor handed out; empty if there is none. */
  private static List<Delivery> waiting(Lane lane) {
    List<Delivery> untried =
        lane.open().stream()
            .filter(one -> Records.isP0(one) && !Records.isResolve(one))
            .filter(lane::isGroupable)
            .toList();
    if (untried.size() < 2) {
      return List.of();
    }
    Delivery newest = untried.get(untried.size() - 1);
    long storm = lane.stormAt(newest);
    if (storm <= SINGLY) {
      return List.of();
    }
    // Where all of the storm still waits, its oldest is the one that goes out by itself.
    List<Delivery> rest = storm <= untried.size() ? untried.subList(1, untried.size()) : untried;
    List<Delivery> together = withTheirPast(lane, rest);
    return together.size() > 1 ? together : List.of();
  }

  /** Those before which nothing else of their incident is still to be sent. */
  static List<Delivery> withTheirPast(Lane lane, List<Delivery> candidates) {
    Set<String> ids = candidates.stream().map(Delivery::getId).collect(Collectors.toSet());
    Set<String> blocked = new HashSet<>();
    return candidates.stream()
        .sorted(Records.OLDEST_FIRST)
        .filter(
            one -> {
              String incident = one.getNotification().getIncidentId();
              boolean free =
                  !blocked.contains(incident)
                      && lane.story(incident).stream()
                          .flatMap(story -> story.open().stream())
                          .takeWhile(open -> !open.getId().equals(one.getId()))
                          .allMatch(open -> ids.contains(open.getId()));
              if (!free) {
                blocked.add(incident);
              }
              return free;
            })
        .toList();
  }
}
