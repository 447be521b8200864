package io.tocsin.alerting.notify.outbox;

import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one channel is told of one incident, in its order. Not thread-safe. */
final class Story {

  private final List<Delivery> deliveries = new ArrayList<>();

  /** Takes the newest record of a delivery. */
  void put(Delivery delivery) {
    deliveries.removeIf(known -> known.getId().equals(delivery.getId()));
    int at = deliveries.size();
    while (at > 0 && Records.OLDEST_FIRST.compare(deliveries.get(at - 1), delivery) > 0) {
      at--;
    }
    deliveries.add(at, delivery);
  }

  List<Delivery> all() {
    return deliveries;
  }

  /** Those still to be sent. */
  List<Delivery> open() {
    return deliveries.stream().filter(Records::isOpen).toList();
  }

  /** The only one that may be sent now. */
  Optional<Delivery> head() {
    return deliveries.stream().filter(Records::isOpen).findFirst();
  }

  Optional<Delivery> last() {
    return deliveries.isEmpty()
        ? Optional.empty()
        : Optional.of(deliveries.get(deliveries.size() - 1));
  }

  /** A time for the next one, after all that are there. */
  Instant nextCreatedAt(Instant now) {
    Instant wanted = Records.millis(now);
    return last()
        .map(Delivery::getCreatedAt)
        .filter(before -> !before.isBefore(wanted))
        .map(before -> before.plusMillis(1))
        .orElse(wanted);
  }

  /** Whether people know of the incident's newest course, and have not been told of its end. */
  boolean isTold(Delivery before) {
    return since(before).stream()
        .anyMatch(one -> Records.isSent(one) || one.getState() == DeliveryState.DIGESTED);
  }

  /** The same, by a message of its own. */
  boolean isToldSingly(Delivery before) {
    return since(before).stream().anyMatch(Records::isSent);
  }

  /** Those after the last resolve before a delivery; null for one that is to come. */
  private List<Delivery> since(Delivery before) {
    List<Delivery> course = new ArrayList<>();
    for (Delivery one : deliveries) {
      if (before != null && Records.OLDEST_FIRST.compare(one, before) >= 0) {
        break;
      }
      if (Records.isResolve(one)) {
        course.clear();
      } else {
        course.add(one);
      }
    }
    return course;
  }

  /** Those after the last resolve. */
  List<Delivery> course() {
    return since(null);
  }

  /** Whether its end is told after a delivery. */
  boolean endsAfter(Delivery delivery) {
    return after(delivery).anyMatch(Records::isResolve);
  }

  /** Whether what comes after a delivery says all that it says, and must not wait for it. */
  boolean overtakes(Delivery delivery) {
    return after(delivery).anyMatch(one -> Records.isResolve(one) || Records.isP0(one))
        && (!Records.isP0(delivery) || endsAfter(delivery));
  }

  private Stream<Delivery> after(Delivery delivery) {
    return deliveries.stream()
        .filter(one -> one.getState() != DeliveryState.SUPERSEDED)
        .filter(one -> Records.OLDEST_FIRST.compare(one, delivery) > 0);
  }
}
