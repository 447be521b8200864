package io.tocsin.alerting.incidents;

import io.tocsin.alerting.incidents.Clocks.Which;
import io.tocsin.schemas.Acknowledgement;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Carries out what people tell the alerting stage, or says why not. */
final class CommandDesk {

  private final Settings settings;
  private final Clocks clocks;
  private final Quiet quiet;
  private final Progress progress;
  private final Priorities priorities;
  private final Deadlines deadlines;

  CommandDesk(
      Settings settings,
      Clocks clocks,
      Quiet quiet,
      Progress progress,
      Priorities priorities,
      Deadlines deadlines) {
    this.settings = settings;
    this.clocks = clocks;
    this.quiet = quiet;
    this.progress = progress;
    this.priorities = priorities;
    this.deadlines = deadlines;
  }

  /** Carries it out; says what is wrong if it cannot be. */
  Optional<String> carryOut(Draft draft, Command command) {
    if (command.getId().isBlank() || command.getBy().isBlank()) {
      return Optional.of("a command needs an id and who gives it");
    }
    return switch (command.getKind()) {
      case SILENCE -> silence(draft, command);
      case UNSILENCE -> unsilence(draft, command);
      case UNSPECIFIED -> Optional.of("a kind of command that this version does not know");
      case HEAL_PAUSE, HEAL_RESUME, HEAL_APPROVE, HEAL_REJECT, HEAL_PROMOTE, DEPLOYED ->
          Optional.of(command.getKind() + " is for the responder");
      case CHANGED -> Optional.of("CHANGED is for the audit alone");
      case ACKNOWLEDGE, RELEASE, RESOLVE, REPRIORITISE, NOTE -> ofIncident(draft, command);
    };
  }

  private Optional<String> ofIncident(Draft draft, Command command) {
    if (command.getIncidentId() == null) {
      return Optional.of(command.getKind() + " needs the id of an incident");
    }
    Case known = draft.book().get(command.getIncidentId()).orElse(null);
    if (known == null) {
      return Optional.of("incident " + command.getIncidentId() + " is not known, or long over");
    }
    if (!known.isOpen()) {
      String merged = known.incident().getMergedInto();
      return Optional.of(
          "incident "
              + known.id()
              + (merged == null ? " is resolved" : " is a part of " + merged + ", name that"));
    }
    return switch (command.getKind()) {
      case ACKNOWLEDGE -> acknowledge(draft, known, command);
      case RELEASE -> release(draft, known, command);
      case RESOLVE -> resolve(draft, known, command);
      case REPRIORITISE -> reprioritise(draft, known, command);
      default -> note(draft, known, command);
    };
  }

  private Optional<String> acknowledge(Draft draft, Case known, Command command) {
    Instant until = command.getUntil();
    if (until == null) {
      return Optional.of("ACKNOWLEDGE needs an end; say until when");
    }
    Duration lasts = Duration.between(command.getAt(), until);
    if (lasts.isNegative() || lasts.isZero()) {
      return Optional.of("ACKNOWLEDGE until " + until + " ends before it was given");
    }
    if (lasts.compareTo(settings.longestAcknowledgement()) > 0) {
      return Optional.of(
          "ACKNOWLEDGE until " + until + " lasts longer than " + settings.longestAcknowledgement());
    }
    Instant at = command.getAt();
    draft.change(
        known.level(0, null),
        IncidentEventKind.ACKNOWLEDGED,
        at,
        "until " + until + (command.getText().isBlank() ? "" : ": " + command.getText()),
        command.getBy(),
        next -> {
          next.setAcknowledgement(
                  new Acknowledgement(command.getBy(), at, until, command.getText()))
              .setServiceLevel(clocks.met(next.getServiceLevel(), at, Which.ACKNOWLEDGE));
          return next.getState() == IncidentState.OPEN
              ? next.setState(IncidentState.ACKNOWLEDGED)
              : next;
        });
    return Optional.empty();
  }

  private Optional<String> release(Draft draft, Case known, Command command) {
    if (known.incident().getAcknowledgement() == null) {
      return Optional.of("incident " + known.id() + " is not acknowledged by anybody");
    }
    deadlines.release(draft, known, command.getAt(), words(command, "released"), command.getBy());
    return Optional.empty();
  }

  private Optional<String> resolve(Draft draft, Case known, Command command) {
    if (command.getText().isBlank()) {
      return Optional.of("RESOLVE needs a reason");
    }
    List<String> firing =
        draft.book().inOrder(known).stream()
            .filter(member -> !member.isCleared())
            .map(member -> member.alert().getRule() + " of " + member.resourceId())
            .toList();
    String still =
        firing.isEmpty()
            ? ""
            : "; not cleared yet: "
                + String.join(", ", firing.subList(0, Math.min(5, firing.size())))
                + (firing.size() > 5 ? " and " + (firing.size() - 5) + " more" : "");
    progress.resolve(
        draft,
        known,
        IncidentEventKind.RESOLVED,
        command.getAt(),
        command.getText() + still,
        command.getBy());
    return Optional.empty();
  }

  private Optional<String> reprioritise(Draft draft, Case known, Command command) {
    if (command.getPriority() == null) {
      return Optional.of("REPRIORITISE needs a priority: P0, P1, P2 or P3");
    }
    if (command.getText().isBlank()) {
      return Optional.of("REPRIORITISE needs a reason");
    }
    if (command.getPriority() == known.incident().getPriority()) {
      draft.change(
          known,
          IncidentEventKind.NOTE,
          command.getAt(),
          "stays " + command.getPriority() + ": " + command.getText(),
          command.getBy(),
          next -> next.setPrioritySetByHand(true));
      return Optional.empty();
    }
    Classification to =
        new Classification(
            command.getPriority(), "set by " + command.getBy() + ": " + command.getText());
    priorities.change(
        draft,
        known.with(Incident.newBuilder(known.incident()).setPrioritySetByHand(true).build()),
        command.getAt(),
        to,
        command.getBy());
    return Optional.empty();
  }

  private static Optional<String> note(Draft draft, Case known, Command command) {
    if (command.getText().isBlank()) {
      return Optional.of("NOTE needs a text");
    }
    draft.change(
        known,
        IncidentEventKind.NOTE,
        command.getAt(),
        command.getText(),
        command.getBy(),
        next -> next);
    return Optional.empty();
  }

  private Optional<String> silence(Draft draft, Command command) {
    Silence silence = command.getSilence();
    if (silence == null) {
      return Optional.of("SILENCE needs a silence");
    }
    List<String> problems = SilenceCheck.problems(silence, command.getAt());
    if (!problems.isEmpty()) {
      return Optional.of(
          "silence " + silence.getId() + " is refused: " + String.join("; ", problems));
    }
    if (quiet.get(silence.getId()).isPresent()) {
      return Optional.of("silence " + silence.getId() + " is there already; take a new id");
    }
    quiet.add(silence, draft.now());
    draft.silence(silence);
    draft.book().open().forEach(known -> quiet.review(draft, known, draft.now()));
    return Optional.empty();
  }

  private Optional<String> unsilence(Draft draft, Command command) {
    Silence silence =
        command.getSilenceId() == null ? null : quiet.get(command.getSilenceId()).orElse(null);
    if (silence == null) {
      return Optional.of("silence " + command.getSilenceId() + " is not known, or over");
    }
    quiet.remove(silence.getId());
    draft.silence(Silence.newBuilder(silence).setRevoked(true).build());
    draft.book().open().forEach(known -> quiet.review(draft, known, draft.now()));
    return Optional.empty();
  }

  private static String words(Command command, String otherwise) {
    return command.getText().isBlank() ? otherwise : command.getText();
  }
}
