package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import java.time.Duration;
import java.util.Locale;

/** Takes in what rules say. */
final class AlertIntake {

  /** New evidence alone makes a new version of an incident no more often than this. */
  static final Duration UPDATE_EVERY = Duration.ofSeconds(30);

  private static final String RETRACTED = "retracted";

  private final Settings settings;
  private final Placement placement;
  private final Progress progress;
  private final HealAttempts heals;
  private final Telling telling;

  AlertIntake(
      Settings settings,
      Placement placement,
      Progress progress,
      HealAttempts heals,
      Telling telling) {
    this.settings = settings;
    this.placement = placement;
    this.progress = progress;
    this.heals = heals;
    this.telling = telling;
  }

  /** Takes in one alert; says whether that changed anything. */
  boolean take(Draft draft, Alert alert) {
    Casebook book = draft.book();
    Member known = book.member(alert.getId()).orElse(null);
    HeldReason held = held(alert, known);
    if (held != null) {
      draft.hold(held);
      return false;
    }
    Member member = known == null ? new Member(alert, null, "") : known.with(alert);
    Case open = book.openCaseOf(member);
    if (open != null) {
      book.put(member);
      inCase(draft, open, known, alert);
      return true;
    }
    Case over = member.incidentId() == null ? null : book.get(member.incidentId()).orElse(null);
    if (over != null && !over.byHand() && !fires(alert)) {
      draft.hold(HeldReason.INCIDENT_IS_OVER);
      return false;
    }
    if (over != null && over.byHand()) {
      // A person resolved it while this fired.
      book.put(member);
      book.put(over.over(draft.now().plus(settings.kept()), over.byHand()));
      draft.hold(HeldReason.RESOLVED_BY_HAND);
      return false;
    }
    return outside(draft, member, known);
  }

  private static boolean fires(Alert alert) {
    return alert.getState() == AlertState.FIRING || alert.getState() == AlertState.FLAPPING;
  }

  private static HeldReason held(Alert alert, Member known) {
    if (alert.getShadow()) {
      return HeldReason.SHADOW;
    }
    if (known == null || isRetracted(alert)) {
      return null;
    }
    Alert before = known.alert();
    if (alert.getAt().isBefore(before.getAt())) {
      return HeldReason.OUT_OF_ORDER;
    }
    return alert.equals(before) ? HeldReason.REPEATED : null;
  }

  private boolean outside(Draft draft, Member member, Member known) {
    Casebook book = draft.book();
    forgetOlderOf(book, member);
    switch (member.alert().getState()) {
      case PENDING -> {
        book.put(member);
        draft.hold(HeldReason.PENDING);
      }
      case UNKNOWN, UNSPECIFIED -> {
        book.put(member);
        draft.hold(HeldReason.UNKNOWN_OPENS_NOTHING);
      }
      case CLEARED -> {
        if (known != null) {
          book.remove(known);
        }
        draft.hold(HeldReason.CLEARED_BEFORE_FIRING);
      }
      case FIRING, FLAPPING -> {
        book.put(member);
        placement.place(draft, member);
        flapping(draft, member.alert());
      }
    }
    return true;
  }

  /** An episode that never came to anything, and of which nothing more was heard. */
  private static void forgetOlderOf(Casebook book, Member member) {
    book.alertsAt(member.resourceId()).stream()
        .filter(old -> old.incidentId() == null)
        .filter(old -> !old.alert().getId().equals(member.alert().getId()))
        .filter(old -> old.alert().getRule().equals(member.alert().getRule()))
        .filter(old -> old.alert().getSeries().equals(member.alert().getSeries()))
        .filter(old -> !old.alert().getSince().isAfter(member.alert().getSince()))
        .toList()
        .forEach(book::remove);
  }

  private void inCase(Draft draft, Case open, Member known, Alert alert) {
    draft.touch(open.id());
    if (alert.getState() == AlertState.CLEARED) {
      cleared(draft, open, alert);
      return;
    }
    Case after = Progress.reviewStale(draft, open, alert.getAt());
    after = relapsed(draft, after, alert);
    flapping(draft, alert);
    after = draft.book().get(after.id()).orElseThrow();
    boolean silent = after.incident().getVersion() == open.incident().getVersion();
    boolean isCause = alert.getId().equals(after.causeId());
    boolean due = !alert.getAt().isBefore(after.incident().getUpdatedAt().plus(UPDATE_EVERY));
    boolean news = !alert.getEvidence().equals(known.alert().getEvidence());
    boolean state = alert.getState() != known.alert().getState();
    if (silent && (state || isCause && due && news)) {
      boolean plain = after.incident().getSummary().equals(known.alert().getSummary());
      draft.change(
          after,
          IncidentEventKind.UPDATED,
          alert.getAt(),
          alert.getState() + " " + Member.resourceId(alert) + ": " + alert.getSummary(),
          next -> isCause ? describe(next, alert, plain) : next);
    }
  }

  private static Incident.Builder describe(Incident.Builder next, Alert alert, boolean plain) {
    next.setEvidence(alert.getEvidence());
    return plain ? next.setSummary(alert.getSummary()) : next;
  }

  private Case relapsed(Draft draft, Case open, Alert alert) {
    boolean again =
        open.incident().getState() == IncidentState.MITIGATED
            && alert.getState() == AlertState.FIRING
            && open.heal() != null
            && alert.getAt().isAfter(open.heal().outcomeAt());
    return again
        ? heals.relapse(
            draft,
            open,
            alert.getAt(),
            "bad again after the heal was verified: " + alert.getSummary())
        : open;
  }

  private void cleared(Draft draft, Case open, Alert alert) {
    Casebook book = draft.book();
    long left = book.alertsOf(open.id()).stream().filter(member -> !member.isCleared()).count();
    if (isRetracted(alert)) {
      retract(draft, open, alert, left);
      return;
    }
    Case after = Progress.reviewStale(draft, open, alert.getAt());
    if (left > 0) {
      draft.change(
          after,
          IncidentEventKind.ALERT_CLEARED,
          alert.getAt(),
          Member.resourceId(alert) + " is well again: " + alert.getSummary(),
          next -> next);
    }
    flapping(draft, alert);
    progress.resolveIfOver(draft, book.get(open.id()).orElseThrow(), alert.getAt());
  }

  private void retract(Draft draft, Case open, Alert alert, long left) {
    String cause = "late evidence takes it back: " + String.join("; ", alert.getEvidence());
    if (left == 0) {
      progress.resolve(draft, open, IncidentEventKind.RETRACTED, alert.getAt(), cause, "");
      return;
    }
    draft.book().member(alert.getId()).ifPresent(draft.book()::remove);
    Case after =
        draft.change(open, IncidentEventKind.RETRACTED, alert.getAt(), cause, next -> next);
    placement.placeAgain(draft, after, alert);
  }

  /** Keeps the mark of flapping as the alerts of the incident say. */
  private void flapping(Draft draft, Alert alert) {
    Case known = draft.book().member(alert.getId()).map(draft.book()::openCaseOf).orElse(null);
    if (known == null) {
      return;
    }
    boolean flaps =
        draft.book().alertsOf(known.id()).stream()
            .anyMatch(member -> member.alert().getState() == AlertState.FLAPPING);
    if (flaps && !known.incident().getFlapping()) {
      telling.held(draft, known, alert.getAt(), "the alert flaps: " + alert.getSummary());
    } else if (!flaps && known.incident().getFlapping() && known.flips() == 0) {
      draft.change(
          known,
          IncidentEventKind.SETTLED,
          alert.getAt(),
          "it flaps no more",
          next -> next.setFlapping(false));
    }
  }

  /** The rule took an episode back, rather than that it ended. */
  static boolean isRetracted(Alert alert) {
    return alert.getState() == AlertState.CLEARED
        && alert.getEvidence().stream()
            .anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(RETRACTED));
  }
}
