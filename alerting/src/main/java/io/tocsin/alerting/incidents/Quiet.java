package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.ServiceLevel;
import io.tocsin.schemas.Silence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The silences that are in force, and what they do to incidents. */
final class Quiet {

  private final Table<SilenceEntry> shelf;
  private final Clocks clocks;
  private final Map<String, SilenceEntry> entries = new TreeMap<>();
  private final Map<String, Instant> changes = new TreeMap<>();

  Quiet(Table<SilenceEntry> shelf, Clocks clocks) {
    this.shelf = shelf;
    this.clocks = clocks;
    shelf.values().forEach(this::remember);
  }

  Optional<Silence> get(String id) {
    return Optional.ofNullable(entries.get(id)).map(SilenceEntry::silence);
  }

  List<Silence> all() {
    return entries.values().stream().map(SilenceEntry::silence).toList();
  }

  void add(Silence silence, Instant now) {
    put(new SilenceEntry(silence, now));
  }

  void remove(String id) {
    entries.remove(id);
    changes.remove(id);
    shelf.remove(id);
  }

  private void remember(SilenceEntry entry) {
    String id = entry.silence().getId();
    entries.put(id, entry);
    Windows.nextChange(entry.silence(), entry.seenTo())
        .ifPresentOrElse(at -> changes.put(id, at), () -> changes.remove(id));
  }

  private void put(SilenceEntry entry) {
    remember(entry);
    shelf.put(entry.silence().getId(), entry);
  }

  /** When a silence begins or ends next, by the wall clock. */
  Optional<Instant> nextChange() {
    return changes.values().stream().min(Instant::compareTo);
  }

  /** A moment at which silences begin or end has come: looks again at all open incidents. */
  void change(Draft draft, Instant moment) {
    for (SilenceEntry entry : List.copyOf(entries.values())) {
      Instant due = changes.get(entry.silence().getId());
      if (due != null && !due.isAfter(moment)) {
        put(new SilenceEntry(entry.silence(), moment));
      }
      if (Windows.currentOrNext(entry.silence(), moment).isEmpty()) {
        remove(entry.silence().getId());
      }
    }
    draft.book().open().forEach(known -> review(draft, known, moment));
  }

  /** Silences an incident, or lets it be heard again, as the silences in force at a moment say. */
  Case review(Draft draft, Case known, Instant moment) {
    if (!known.isOpen()) {
      return known;
    }
    Alert cause = draft.book().member(known.causeId()).map(Member::alert).orElse(null);
    Subject subject =
        cause == null ? Subject.of(known.incident()) : Subject.of(known.incident(), cause);
    List<Silence> holding =
        entries.values().stream()
            .map(SilenceEntry::silence)
            .filter(silence -> subject.matches(silence) && Windows.holds(silence, moment))
            .toList();
    Case after = mark(draft, known, holding, moment);
    return pause(draft, after, holding, moment);
  }

  private static Case mark(Draft draft, Case known, List<Silence> holding, Instant moment) {
    String was = known.incident().getSilencedBy();
    if (was != null && holding.stream().anyMatch(silence -> silence.getId().equals(was))) {
      return known;
    }
    if (holding.isEmpty()) {
      return was == null
          ? known
          : draft.change(
              known,
              IncidentEventKind.UNSILENCED,
              moment,
              "silence " + was + " holds no more",
              next -> next.setSilencedBy(null));
    }
    Silence silence = holding.get(0);
    return draft.change(
        known,
        IncidentEventKind.SILENCED,
        moment,
        "silence " + silence.getId() + " of " + silence.getBy() + ": " + silence.getReason(),
        next -> next.setSilencedBy(silence.getId()));
  }

  private Case pause(Draft draft, Case known, List<Silence> holding, Instant moment) {
    ServiceLevel level = known.incident().getServiceLevel();
    Silence work = holding.stream().filter(Silence::getMaintenance).findFirst().orElse(null);
    boolean stands = level.getPausedSince() != null;
    if (work != null && !stands) {
      Instant since = pauseFrom(draft, known.incident(), work, moment);
      return draft.change(
          known,
          IncidentEventKind.CLOCK_PAUSED,
          moment,
          "planned work, silence " + work.getId() + ": deadlines stand still since " + since,
          next -> next.setServiceLevel(clocks.pause(next.getServiceLevel(), since)));
    }
    if (work == null && stands) {
      return draft.change(
          known,
          IncidentEventKind.CLOCK_RESUMED,
          moment,
          "planned work is over; deadlines stood still since " + level.getPausedSince(),
          next -> next.setServiceLevel(clocks.resume(next.getServiceLevel(), moment)));
    }
    return known;
  }

  /** What opens during planned work has a clock that never ran. */
  private static Instant pauseFrom(Draft draft, Incident incident, Silence work, Instant moment) {
    if (!draft.opened().contains(incident.getId())) {
      return moment;
    }
    Instant began = Windows.currentOrNext(work, moment).map(Windows.Window::from).orElse(moment);
    return began.isAfter(incident.getOpenedAt()) ? began : incident.getOpenedAt();
  }
}
