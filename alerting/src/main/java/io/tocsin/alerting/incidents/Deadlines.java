package io.tocsin.alerting.incidents;

import io.tocsin.alerting.incidents.Clocks.Step;
import io.tocsin.alerting.incidents.Clocks.Which;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What deadlines have people told.
 *
 * <p>At 50 and 80 % of the time to a deadline they are reminded; when it has passed, the next level
 * is told. A P0 or P1 that nobody has taken goes up one more level each time that the time to
 * acknowledge has passed again.
 *
 * <p>After a long standstill many come due at once. Each is looked at as it stands now: what was
 * taken, resolved or paused is not told of. Of several of one incident only one is told, and it
 * rises by one level at most: the newest that has passed its deadline, else the newest reminder.
 * More than {@link Settings#groupAbove} of one kind, priority and level are told as one summary.
 * The timeline has all of them.
 */
final class Deadlines {

  private record Due(NotificationKind kind, String reason) {}

  private final Settings settings;
  private final Clocks clocks;
  private final Telling telling;

  /** What to tell at the end of the present moment, by incident. */
  private final Map<String, Due> dues = new TreeMap<>();

  Deadlines(Settings settings, Clocks clocks, Telling telling) {
    this.settings = settings;
    this.clocks = clocks;
    this.telling = telling;
  }

  /** Sees to all steps of an incident that have come due by then. */
  void see(Draft draft, Case known, Instant upTo) {
    Case at = known;
    for (Which which : Which.values()) {
      Step newest = null;
      for (Step step : clocks.due(at, upTo)) {
        newest = step.which() == which ? step : newest;
      }
      if (newest != null) {
        at = step(draft, at, newest);
      }
    }
    boolean again = at.escalateAt() != null && !at.escalateAt().isAfter(upTo);
    if (again) {
      escalateAgain(draft, at);
    }
  }

  private Case step(Draft draft, Case known, Step step) {
    String cause =
        step.isOver()
            ? "the time to " + step.which().word() + " it is over since " + step.at()
            : step.percent() + " % of the time to " + step.which().word() + " it have passed";
    Case after =
        draft.change(
            known,
            step.isOver() ? IncidentEventKind.DEADLINE_MISSED : IncidentEventKind.REMINDED,
            step.at(),
            cause,
            next -> next.setServiceLevel(clocks.seenTo(next.getServiceLevel(), step)));
    tell(
        after,
        new Due(step.isOver() ? NotificationKind.ESCALATION : NotificationKind.REMINDER, cause));
    boolean climbs =
        step.isOver()
            && step.which() == Which.ACKNOWLEDGE
            && after.incident().getPriority().compareTo(Priority.P1) <= 0;
    return climbs ? draft.book().put(after.level(after.level(), nextClimb(draft, after))) : after;
  }

  private Instant nextClimb(Draft draft, Case known) {
    // From now, not from when it was due: after a standstill nobody could have acted in between.
    Duration time = settings.promises().of(known.incident().getPriority()).acknowledge();
    return draft.now().plus(time);
  }

  private void escalateAgain(Draft draft, Case known) {
    Incident incident = known.incident();
    boolean more =
        known.level() < settings.highestLevel()
            && incident.getAcknowledgement() == null
            && incident.getPriority().compareTo(Priority.P1) <= 0;
    if (!more) {
      draft.book().put(known.level(known.level(), null));
      return;
    }
    String cause = "still nobody has taken it";
    Case after =
        draft.change(
            known.level(known.level(), nextClimb(draft, known)),
            IncidentEventKind.REMINDED,
            known.escalateAt(),
            cause,
            next -> next);
    tell(after, new Due(NotificationKind.ESCALATION, cause));
  }

  /** An acknowledgement has run out. */
  void onReleased(Draft draft, Case known, Instant at) {
    String by = known.incident().getAcknowledgement().getBy();
    tell(
        release(draft, known, at, "the acknowledgement of " + by + " ran out", ""),
        new Due(NotificationKind.REMINDER, "the acknowledgement of " + by + " ran out"));
  }

  /** Nobody has the incident any more; the time to acknowledge it begins anew. */
  Case release(Draft draft, Case known, Instant at, String cause, String by) {
    return draft.change(
        known,
        IncidentEventKind.RELEASED,
        at,
        cause,
        by,
        next -> {
          next.setAcknowledgement(null)
              .setServiceLevel(
                  clocks.acknowledgeFrom(next.getServiceLevel(), next.getPriority(), draft.now()));
          return next.getState() == IncidentState.ACKNOWLEDGED
              ? next.setState(IncidentState.OPEN)
              : next;
        });
  }

  private void tell(Case known, Due due) {
    Due before = dues.get(known.id());
    boolean graver = before != null && before.kind() == NotificationKind.ESCALATION;
    if (!graver || due.kind() == NotificationKind.ESCALATION) {
      dues.put(known.id(), due);
    }
  }

  /** Tells what has come due at this moment. */
  void flush(Draft draft) {
    Map<String, List<Notification>> alike = new TreeMap<>();
    dues.forEach(
        (id, due) -> {
          Case known = draft.book().get(id).orElse(null);
          if (known != null && known.isOpen() && known.told() != null) {
            Notification one = notification(draft, known, due);
            String key =
                one.getKind()
                    + " "
                    + one.getPriority()
                    + " "
                    + one.getLevel()
                    + " "
                    + one.getHeldBackBy();
            alike.computeIfAbsent(key, none -> new ArrayList<>()).add(one);
          }
        });
    dues.clear();
    for (List<Notification> same : alike.values()) {
      if (same.size() > settings.groupAbove()) {
        draft.tell(telling.grouped(draft, same));
      } else {
        same.forEach(draft::tell);
      }
    }
  }

  private Notification notification(Draft draft, Case known, Due due) {
    Case told = known;
    // Who was not told cannot be passed over.
    boolean goesOut = known.incident().getSilencedBy() == null;
    if (due.kind() == NotificationKind.ESCALATION
        && goesOut
        && known.level() < settings.highestLevel()) {
      told = draft.book().put(known.level(known.level() + 1, known.escalateAt()));
    }
    return telling.of(draft, told, due.kind(), due.reason()).build();
  }
}
