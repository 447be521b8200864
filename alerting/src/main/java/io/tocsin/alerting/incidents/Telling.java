package io.tocsin.alerting.incidents;

import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Instant;
import java.util.List;

/**
 * Whether people have to be told. Decided from how an incident stands and what they were told
 * before, at the end of every input: paged once when it opens, told when it is worse than they were
 * told, and once when it is over. What joins it is no reason.
 *
 * <p>One that came back soon after it was resolved pages again only if it stays; one that flaps
 * does not, but is told of in a summary.
 */
final class Telling {

  private final Settings settings;
  private final Clocks clocks;

  Telling(Settings settings, Clocks clocks) {
    this.settings = settings;
    this.clocks = clocks;
  }

  /** Tells what there is to tell of an incident. */
  void review(Draft draft, Case known) {
    Incident incident = known.incident();
    if (!known.isOpen()) {
      if (known.told() != null) {
        draft.book().put(known.told(null));
        // A pager keeps one open per page: what was merged has to end there, too.
        String reason =
            incident.getMergedInto() == null
                ? "it is over"
                : "it is a part of incident " + incident.getMergedInto();
        draft.tell(of(draft, known, NotificationKind.RESOLVED, reason).build());
      }
    } else if (known.told() == null) {
      reviewUntold(draft, known);
    } else if (incident.getPriority().compareTo(known.told()) < 0) {
      String reason = "worse than " + known.told() + ": " + incident.getPriorityReason();
      Notification raised = of(draft, known, NotificationKind.RAISED, reason).build();
      if (raised.getHeldBackBy() == null) {
        draft.book().put(known.told(incident.getPriority()));
        draft.tell(raised);
      } else if (draft.hasRaised(known.id())) {
        draft.tell(raised);
      }
    }
  }

  private void reviewUntold(Draft draft, Case known) {
    boolean cameBack = known.incident().getReopened() > 0;
    boolean waits = cameBack && known.pageAt() != null && draft.now().isBefore(known.pageAt());
    if (waits || cameBack && known.incident().getFlapping()) {
      return;
    }
    if (healsFirst(draft, known)) {
      return;
    }
    String reason =
        cameBack
            ? "it came back after it was resolved, and stays"
            : known.incident().getPriorityReason();
    Notification page = of(draft, known, NotificationKind.PAGE, reason).build();
    if (page.getHeldBackBy() == null) {
      paged(draft, known, page);
    } else if (draft.opened().contains(known.id())) {
      draft.tell(page);
    }
  }

  /**
   * Whether people need not hear of it yet, because it may be put right without them. Held back are
   * P2 and P3 only, while an attempt is under way or the next one is to come, and no longer than
   * the settings say. What nobody may or will heal is told at once.
   */
  private boolean healsFirst(Draft draft, Case known) {
    Incident incident = known.incident();
    Heal heal = known.heal();
    Instant until = incident.getOpenedAt().plus(settings.healingFirst());
    if (settings.healingFirst().isZero()
        || incident.getPriority().compareTo(Priority.P2) < 0
        || heal == null
        || heal.leftToPeople()
        || heal.outcome() == HealOutcome.REFUSED
        || heal.outcome() == HealOutcome.UNKNOWN
        || heal.outcome() == HealOutcome.AWAITING_APPROVAL
        || !draft.now().isBefore(until)) {
      return false;
    }
    boolean hopes =
        heal.isInFlight()
            || heal.nextAt() != null
            || incident.getState() == IncidentState.MITIGATED;
    if (hopes && known.pageAt() == null && incident.getReopened() == 0) {
      draft.book().put(known.pageAt(until));
      draft.hold(HeldReason.HEALING_FIRST);
    }
    return hopes;
  }

  private void paged(Draft draft, Case known, Notification page) {
    draft.tell(page);
    Incident incident = known.incident();
    boolean late = incident.getAcknowledgement() == null && !draft.opened().contains(known.id());
    Case told = known.told(incident.getPriority());
    if (late) {
      // The time to acknowledge runs from when people know.
      draft.change(
          told,
          IncidentEventKind.UPDATED,
          draft.now(),
          "people were paged: " + page.getReason(),
          next ->
              next.setServiceLevel(
                  clocks.acknowledgeFrom(next.getServiceLevel(), next.getPriority(), draft.now())));
    } else {
      draft.book().put(told);
    }
  }

  /** Counts that an incident came back; too often, and it is held as flapping. */
  Case flipped(Draft draft, Case known, Instant at) {
    Instant summaryAt =
        known.summaryAt() == null ? draft.now().plus(settings.summaryEvery()) : known.summaryAt();
    Case after = known.flips(known.flips() + 1, summaryAt);
    if (after.flips() < settings.flipsHeld() || after.incident().getFlapping()) {
      return draft.book().put(after);
    }
    return held(draft, after, at, "it came back " + after.flips() + " times");
  }

  /** From here on it is told of in summaries, until it has settled. */
  Case held(Draft draft, Case known, Instant at, String cause) {
    Instant summaryAt =
        known.summaryAt() == null ? draft.now().plus(settings.summaryEvery()) : known.summaryAt();
    return draft.change(
        known.flips(known.flips(), summaryAt),
        IncidentEventKind.FLAPPING,
        at,
        cause + "; the next summary is due at " + summaryAt,
        next -> next.setFlapping(true));
  }

  /** What was held back since the last summary. */
  void summary(Draft draft, Case known) {
    String reason =
        "it came and went "
            + known.flips()
            + " times since it was told of; now it is "
            + known.incident().getState();
    draft.tell(
        of(draft, known, NotificationKind.SUMMARY, reason)
            .setId(Ids.hash(known.id(), "SUMMARY", known.summaryAt().toString()))
            .build());
  }

  /** A notification of the incident as it is now; held back while a silence matches it. */
  Notification.Builder of(Draft draft, Case known, NotificationKind kind, String reason) {
    Incident incident = known.incident();
    String version = Integer.toString(incident.getVersion());
    boolean goesOut = kind == NotificationKind.RESOLVED || incident.getSilencedBy() == null;
    return Notification.newBuilder()
        .setId(Ids.hash(incident.getId(), kind.name(), version))
        .setIncidentId(incident.getId())
        .setIncidentVersion(incident.getVersion())
        .setKind(kind)
        .setPriority(incident.getPriority())
        .setLevel(known.level())
        .setAt(draft.now())
        .setEventAt(incident.getUpdatedAt())
        .setSummary(incident.getSummary())
        .setReason(reason)
        .setDueAt(clocks.nextDeadline(incident))
        .setHeldBackBy(goesOut ? null : incident.getSilencedBy())
        .setLabels(incident.getLabels());
  }

  /** One for many of the same moment, priority and level. */
  Notification grouped(Draft draft, List<Notification> many) {
    Notification first = many.get(0);
    int shown = Math.min(many.size(), 100);
    List<String> ids = many.stream().map(Notification::getIncidentId).toList();
    return Notification.newBuilder(first)
        .setId(Ids.hash(ids.toArray(String[]::new)) + "-" + draft.now().toEpochMilli())
        .setKind(NotificationKind.SUMMARY)
        .setSummary(many.size() + " incidents " + first.getPriority() + ": deadlines have come due")
        .setReason(
            "told as one: "
                + String.join(", ", ids.subList(0, shown))
                + (shown < many.size() ? " and " + (many.size() - shown) + " more" : ""))
        .build();
  }
}
