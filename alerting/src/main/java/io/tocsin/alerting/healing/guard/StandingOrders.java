package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.incidents.SilenceCheck;
import io.tocsin.alerting.incidents.Subject;
import io.tocsin.alerting.incidents.Windows;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What people have said, and what of it still holds, built from commands and silences alone: the
 * same ones give the same orders, in whichever order they come. Used by one thread, but for {@link
 * #pause()}.
 */
public final class StandingOrders {

  /** Clocks of two machines may differ; a word from further ahead would outlast all later ones. */
  private static final Duration AHEAD_AT_MOST = Duration.ofMinutes(1);

  /** The clock of one who agrees may be this much behind. */
  private static final Duration BEHIND_AT_MOST = Duration.ofMinutes(1);

  /** Longer than any plan is kept. */
  private static final Duration WORDS_KEPT_FOR = Duration.ofDays(8);

  /** What became of a command. */
  public enum Outcome {
    /** It holds from now on. */
    TAKEN,
    /** No plan of that id waits for a person. */
    NOTHING_WAITS,
    /** Somebody has said a word on that plan before. */
    ANSWERED_BEFORE,
    /** It lacks what it is about, or who gives it. */
    INCOMPLETE,
    /** It is from the future. */
    FUTURE,
    /** It is not for the responder. */
    NOT_OURS
  }

  /** Who has stopped all healing, and why. */
  public record Pause(String by, String text, Instant at) {}

  private record Switch(boolean paused, Pause said) {}

  private volatile Switch last;
  private final Map<String, Instant> deployedAt = new HashMap<>();
  private final Map<String, List<Approval>> words = new HashMap<>();
  private final Map<String, Silence> maintenance = new TreeMap<>();

  /**
   * Takes in what somebody says. Promotions are checked only: {@code Trust} keeps them.
   *
   * @param awaitingSince since when a plan of an id has been before a person; empty if it is not
   */
  public Outcome take(
      Command command, Function<String, Optional<Instant>> awaitingSince, Instant now) {
    if (isWord(command) && !isBlank(command.getPlanId())) {
      Optional<Instant> since = awaitingSince.apply(command.getPlanId());
      if (since.isEmpty()) {
        return Outcome.NOTHING_WAITS;
      }
      if (word(command.getPlanId(), since.get()).isPresent()) {
        return Outcome.ANSWERED_BEFORE;
      }
    }
    return recall(command, now);
  }

  /**
   * Takes in what somebody said before a restart, when nobody knows any more what plan waited then.
   */
  public Outcome recall(Command command, Instant now) {
    if (command.getBy().isBlank()) {
      return Outcome.INCOMPLETE;
    }
    if (command.getAt().isAfter(now.plus(AHEAD_AT_MOST))) {
      return Outcome.FUTURE;
    }
    return switch (command.getKind()) {
      case HEAL_PAUSE, HEAL_RESUME -> pause(command);
      case HEAL_APPROVE, HEAL_REJECT -> word(command);
      case HEAL_PROMOTE -> isBlank(command.getAutonomy()) ? Outcome.INCOMPLETE : Outcome.TAKEN;
      case DEPLOYED -> deployed(command);
      default -> Outcome.NOT_OURS;
    };
  }

  private static boolean isWord(Command command) {
    return command.getKind() == CommandKind.HEAL_APPROVE
        || command.getKind() == CommandKind.HEAL_REJECT;
  }

  private Outcome pause(Command command) {
    Switch next =
        new Switch(
            command.getKind() == CommandKind.HEAL_PAUSE,
            new Pause(command.getBy(), command.getText(), command.getAt()));
    Switch before = last;
    // Of two at one time the one that stops holds.
    if (before == null
        || command.getAt().isAfter(before.said().at())
        || command.getAt().equals(before.said().at()) && next.paused()) {
      last = next;
    }
    return Outcome.TAKEN;
  }

  private Outcome word(Command command) {
    if (isBlank(command.getPlanId())) {
      return Outcome.INCOMPLETE;
    }
    words
        .computeIfAbsent(command.getPlanId(), plan -> new ArrayList<>())
        .add(
            new Approval(
                command.getKind() == CommandKind.HEAL_APPROVE,
                command.getBy(),
                command.getText(),
                command.getAt()));
    return Outcome.TAKEN;
  }

  private Outcome deployed(Command command) {
    if (isBlank(command.getService())) {
      return Outcome.INCOMPLETE;
    }
    deployedAt.merge(
        command.getService(), command.getAt(), (known, at) -> at.isAfter(known) ? at : known);
    return Outcome.TAKEN;
  }

  /** Takes a silence in, if it is planned work; false if nobody can make sense of it. */
  public boolean take(Silence silence) {
    maintenance.remove(silence.getId());
    if (!silence.getMaintenance() || silence.getRevoked()) {
      return true;
    }
    boolean isSound = SilenceCheck.problems(silence, silence.getStartsAt()).isEmpty();
    if (isSound) {
      maintenance.put(silence.getId(), silence);
    }
    return isSound;
  }

  /** The order that nothing is carried out any more; empty if there is none. Thread-safe. */
  public Optional<Pause> pause() {
    Switch known = last;
    return known != null && known.paused() ? Optional.of(known.said()) : Optional.empty();
  }

  /** The first word on a plan that has been before a person since a time. */
  public Optional<Approval> word(String planId, Instant since) {
    return words.getOrDefault(planId, List.of()).stream()
        .filter(word -> !word.at().isBefore(since.minus(BEHIND_AT_MOST)))
        .min(Comparator.comparing(Approval::at).thenComparing(Approval::agrees));
  }

  /** When a service got another version last. */
  public Optional<Instant> deployedAt(String service) {
    return Optional.ofNullable(deployedAt.get(service));
  }

  /** Planned work under way on any of these. */
  Optional<Silence> maintenance(Collection<Subject> subjects, Instant now) {
    return maintenance.values().stream()
        .filter(silence -> subjects.stream().anyMatch(subject -> subject.matches(silence)))
        .filter(silence -> Windows.holds(silence, now))
        .findFirst();
  }

  /** Forgets what no plan can depend on any more. */
  public void forget(Instant now) {
    words.values().forEach(said -> said.removeIf(word -> isOld(word, now)));
    words.values().removeIf(List::isEmpty);
    maintenance.values().removeIf(silence -> !silence.getEndsAt().isAfter(now));
  }

  private static boolean isOld(Approval word, Instant now) {
    return word.at().plus(WORDS_KEPT_FOR).isBefore(now);
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
