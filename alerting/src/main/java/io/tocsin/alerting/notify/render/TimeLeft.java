package io.tocsin.alerting.notify.render;

import io.tocsin.schemas.Deadline;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.ServiceLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much time there is: to the next deadline that is not kept, by what is known at the moment of
 * sending. After the last one it is counted from that one.
 *
 * @param due when it is; null where none runs
 * @param remaining to it, negative after it; null where none runs
 * @param words for people; empty where the incident is over
 */
record TimeLeft(Instant due, Duration remaining, String words) {

  private record Open(String what, Instant due) {}

  static TimeLeft of(Notification notification, Optional<Incident> incident, Instant now) {
    boolean isOver =
        notification.getKind() == NotificationKind.RESOLVED
            || incident.filter(known -> known.getState() == IncidentState.RESOLVED).isPresent();
    if (isOver) {
      return new TimeLeft(null, null, "");
    }
    // An incident that is older than the notification says less than the notification itself.
    ServiceLevel level =
        incident
            .filter(known -> known.getVersion() >= notification.getIncidentVersion())
            .map(Incident::getServiceLevel)
            .orElse(null);
    if (level == null) {
      Instant due = notification.getDueAt();
      return due == null ? none() : running(new Open("", due), now);
    }
    if (level.getPausedSince() != null) {
      return new TimeLeft(null, null, "the clock stands still for planned work");
    }
    Stream<Open> open =
        Stream.of(
                open("acknowledge", level.getAcknowledge()),
                open("mitigate", level.getMitigate()),
                open("resolve", level.getResolve()))
            .flatMap(Optional::stream);
    return open.min(next(now)).map(next -> running(next, now)).orElseGet(TimeLeft::none);
  }

  /** Those to come first, the nearest of them first; then those that have passed, latest first. */
  private static Comparator<Open> next(Instant now) {
    return Comparator.comparing((Open open) -> open.due().isBefore(now))
        .thenComparing(open -> Duration.between(now, open.due()).abs());
  }

  private static Optional<Open> open(String what, Deadline deadline) {
    return deadline.getMetAt() != null
        ? Optional.empty()
        : Optional.of(new Open(what, deadline.getDueAt()));
  }

  private static TimeLeft running(Open open, Instant now) {
    Duration remaining = Duration.between(now, open.due());
    String what = open.what().isEmpty() ? "" : " to " + open.what();
    String words =
        remaining.isNegative()
            ? TimeText.remaining(remaining) + (what.isEmpty() ? "" : " the time" + what)
            : TimeText.remaining(remaining) + what;
    return new TimeLeft(open.due(), remaining, words);
  }

  private static TimeLeft none() {
    return new TimeLeft(null, null, "no deadline runs");
  }
}
