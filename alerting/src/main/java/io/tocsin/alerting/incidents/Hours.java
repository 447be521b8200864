package io.tocsin.alerting.incidents;

import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the passing of time brings about. All that is due is seen to in the order in which it was
 * due, however late that is: so a silence that began and ended while nobody looked still stopped
 * the clocks for exactly as long as it lasted.
 */
final class Hours {

  private final Settings settings;
  private final Clocks clocks;
  private final Deadlines deadlines;
  private final HealAttempts heals;
  private final Progress progress;
  private final Telling telling;

  Hours(
      Settings settings,
      Clocks clocks,
      Deadlines deadlines,
      HealAttempts heals,
      Progress progress,
      Telling telling) {
    this.settings = settings;
    this.clocks = clocks;
    this.deadlines = deadlines;
    this.heals = heals;
    this.progress = progress;
    this.telling = telling;
  }

  /** When a case has to be looked at next; empty if never. */
  static Optional<Instant> next(Case known, Clocks clocks) {
    Incident incident = known.incident();
    if (!known.isOpen()) {
      return Optional.ofNullable(known.summaryAt() == null ? known.forgetAt() : known.summaryAt());
    }
    Heal heal = known.heal();
    boolean taken = incident.getAcknowledgement() != null;
    return Stream.of(
            taken ? incident.getAcknowledgement().getUntil() : null,
            clocks.next(known).map(Clocks.Step::at).orElse(null),
            taken || stands(incident) ? null : known.escalateAt(),
            known.pageAt(),
            known.summaryAt(),
            heal == null ? null : heal.deadline(),
            heal == null ? null : heal.nextAt())
        .filter(Objects::nonNull)
        .min(Instant::compareTo);
  }

  private static boolean stands(Incident incident) {
    return incident.getServiceLevel() != null
        && incident.getServiceLevel().getPausedSince() != null;
  }

  /** Sees to silences that have begun or ended by now. */
  void silences(Draft draft, Quiet quiet) {
    for (Instant at = due(quiet, draft); at != null; at = due(quiet, draft)) {
      quiet.change(draft, at);
    }
  }

  private static Instant due(Quiet quiet, Draft draft) {
    return quiet.nextChange().filter(at -> !at.isAfter(draft.now())).orElse(null);
  }

  /** Sees to all that is due by now. */
  void pass(Draft draft, Quiet quiet) {
    while (true) {
      Instant silence = due(quiet, draft);
      Instant first =
          draft.book().timers().first().filter(at -> !at.isAfter(draft.now())).orElse(null);
      if (silence != null && (first == null || !first.isBefore(silence))) {
        quiet.change(draft, silence);
      } else if (first != null) {
        Case known = draft.book().get(draft.book().timers().firstId()).orElseThrow();
        see(draft, known, silence == null ? draft.now() : silence);
      } else {
        return;
      }
    }
  }

  private void see(Draft draft, Case known, Instant upTo) {
    Casebook book = draft.book();
    String id = known.id();
    draft.touch(id);
    if (known.isOpen()) {
      seeOpen(draft, known, upTo);
    }
    book.get(id).filter(now -> isDue(now.summaryAt(), upTo)).ifPresent(now -> sum(draft, now));
    book.get(id)
        .filter(now -> !now.isOpen() && now.summaryAt() == null && isDue(now.forgetAt(), upTo))
        .ifPresent(now -> forget(draft, now));
  }

  private void seeOpen(Draft draft, Case known, Instant upTo) {
    Casebook book = draft.book();
    String id = known.id();
    if (known.incident().getAcknowledgement() != null
        && isDue(known.incident().getAcknowledgement().getUntil(), upTo)) {
      deadlines.onReleased(draft, known, known.incident().getAcknowledgement().getUntil());
    }
    book.get(id)
        .filter(now -> now.heal() != null && isDue(now.heal().deadline(), upTo))
        .ifPresent(
            now -> {
              Instant deadline = now.heal().deadline();
              heals.onUnanswered(draft, now);
              afterHeal(draft, book.get(id).orElseThrow(), deadline);
            });
    book.get(id)
        .filter(now -> now.isOpen() && now.heal() != null && isDue(now.heal().nextAt(), upTo))
        .ifPresent(now -> heals.onNext(draft, now));
    book.get(id).filter(Case::isOpen).ifPresent(now -> deadlines.see(draft, now, upTo));
    book.get(id)
        .filter(now -> now.isOpen() && isDue(now.pageAt(), upTo))
        .ifPresent(now -> book.put(now.pageAt(null)));
  }

  private static boolean isDue(Instant at, Instant upTo) {
    return at != null && !at.isAfter(upTo);
  }

  /** An attempt is over, or has come a step further: what waited for it may go on. */
  void afterHeal(Draft draft, Case known, Instant at) {
    if (known.heal() == null || !known.heal().isInFlight()) {
      progress.resolveIfOver(draft, known, at);
    }
  }

  private void sum(Draft draft, Case known) {
    boolean flaps =
        draft.book().alertsOf(known.id()).stream()
            .anyMatch(member -> member.alert().getState() == AlertState.FLAPPING);
    boolean news = known.flips() > 0 || flaps && known.isOpen();
    if (news) {
      telling.summary(draft, known);
    }
    Instant again = news && known.isOpen() ? draft.now().plus(settings.summaryEvery()) : null;
    Case after = draft.book().put(known.flips(0, again));
    if (!news && after.isOpen() && after.incident().getFlapping()) {
      draft.change(
          after,
          IncidentEventKind.SETTLED,
          known.summaryAt(),
          "it has not come back since the last summary",
          next -> next.setFlapping(false));
    }
  }

  private void forget(Draft draft, Case known) {
    boolean stillFires =
        draft.book().alertsOf(known.id()).stream().anyMatch(member -> !member.isCleared());
    if (stillFires) {
      draft.book().put(known.over(draft.now().plus(settings.kept()), known.byHand()));
    } else {
      draft.book().forget(known);
    }
  }
}
