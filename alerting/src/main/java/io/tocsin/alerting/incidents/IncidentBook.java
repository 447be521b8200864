package io.tocsin.alerting.incidents;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All incidents of the fleet, and what follows from each thing that is heard. Decides only: it
 * knows no clock, sends nothing, and keeps everything on its {@link Shelf}.
 *
 * <p>The same inputs at the same times give the same decisions. Not thread-safe. {@code now} is
 * wall-clock time and never goes back.
 */
public final class IncidentBook {

  /** A command may come again within this time and is still known. */
  static final Duration COMMANDS_KEPT = Duration.ofDays(7);

  /** Commands that say nothing of incidents; to be left out before they come here. */
  public static final Set<CommandKind> NOT_OF_INCIDENTS =
      EnumSet.of(
          CommandKind.HEAL_PAUSE,
          CommandKind.HEAL_RESUME,
          CommandKind.HEAL_APPROVE,
          CommandKind.HEAL_REJECT,
          CommandKind.HEAL_PROMOTE,
          CommandKind.DEPLOYED,
          CommandKind.CHANGED);

  private final Shelf shelf;
  private final Graph graph = new Graph();
  private final Surroundings around = new Surroundings(graph);
  private final Instant settledAt;
  private final Casebook book;
  private final Quiet quiet;
  private final Priorities priorities;
  private final HealAttempts heals;
  private final EarlyResults early;
  private final Telling telling;
  private final Deadlines deadlines;
  private final AlertIntake intake;
  private final CommandDesk desk;
  private final Hours hours;
  private final Map<String, SeenCommand> seen = new LinkedHashMap<>();
  private final Map<String, Command> waiting = new LinkedHashMap<>();

  /**
   * Opens the book where the shelf was left.
   *
   * @param startedAt wall-clock time; no deadline fires until a while after it, see {@link
   *     Settings#settle}
   */
  public IncidentBook(Shelf shelf, Settings settings, HealPolicies policies, Instant startedAt) {
    this.shelf = shelf;
    this.settledAt = startedAt.plus(settings.settle());
    Clocks clocks = new Clocks(settings.promises());
    this.telling = new Telling(settings, clocks);
    Progress progress = new Progress(settings, clocks);
    shelf.resources().values().forEach(graph::put);
    this.book = new Casebook(shelf, graph, new Timers(known -> Hours.next(known, clocks)));
    this.quiet = new Quiet(shelf.silences(), clocks);
    this.priorities = new Priorities(around, clocks);
    this.heals = new HealAttempts(policies, settings, clocks, telling);
    this.early = new EarlyResults(shelf.earlyResults());
    this.deadlines = new Deadlines(settings, clocks, telling);
    Placement placement =
        new Placement(around, settings, new Openings(around, clocks, telling), progress);
    this.intake = new AlertIntake(settings, placement, progress, heals, telling);
    this.desk = new CommandDesk(settings, clocks, quiet, progress, priorities, deadlines);
    this.hours = new Hours(settings, clocks, deadlines, heals, progress, telling);
    ordered(shelf.commands(), SeenCommand::at, SeenCommand::id)
        .forEach(command -> seen.put(command.id(), command));
    ordered(shelf.earlyCommands(), Command::getAt, Command::getId)
        .forEach(command -> waiting.put(command.getId(), command));
  }

  /** A shelf keeps no order. */
  private static <V> List<V> ordered(
      Table<V> table, Function<V, Instant> at, Function<V, String> id) {
    List<V> all = new ArrayList<>();
    table.values().forEach(all::add);
    all.sort(Comparator.comparing(at).thenComparing(id));
    return all;
  }

  /** A rule has said something of a resource. */
  public Decisions onAlert(Alert alert, Instant now) {
    Draft draft = begin(now);
    if (intake.take(draft, alert)) {
      priorities.review(draft, alert);
    }
    return end(draft);
  }

  /** The inventory has changed. Alerts that come from here on are placed by it. */
  public Decisions onResource(String id, Resource resource, Instant now) {
    Draft draft = begin(now);
    if (resource == null) {
      graph.remove(id);
      around.forget();
      shelf.resources().remove(id);
    } else if (graph.put(resource)) {
      around.forget();
      shelf.resources().put(id, resource);
    }
    return end(draft);
  }

  /** A person has asked for something. */
  public Decisions onCommand(Command command, Instant now) {
    Draft draft = begin(now);
    if (seen.containsKey(command.getId()) || waiting.containsKey(command.getId())) {
      draft.hold(HeldReason.REPEATED_COMMAND);
    } else if (mayComeYet(command, now)) {
      draft.hold(HeldReason.AHEAD_OF_ITS_INCIDENT);
      waiting.put(command.getId(), command);
      shelf.earlyCommands().put(command.getId(), command);
    } else {
      carryOut(draft, command);
    }
    return end(draft);
  }

  /** Commands and alerts are two topics: after a restore either may be ahead. */
  private boolean mayComeYet(Command command, Instant now) {
    return now.isBefore(settledAt)
        && command.getIncidentId() != null
        && book.get(command.getIncidentId()).isEmpty();
  }

  private void carryOut(Draft draft, Command asked) {
    // A clock that is ahead must not date what comes after it.
    Command command =
        asked.getAt().isAfter(draft.now())
            ? Command.newBuilder(asked).setAt(draft.now()).build()
            : asked;
    SeenCommand once = new SeenCommand(command.getId(), draft.now());
    seen.put(once.id(), once);
    shelf.commands().put(once.id(), once);
    desk.carryOut(draft, command).ifPresent(problem -> draft.refuse(new Refusal(command, problem)));
  }

  /** The responder has told of a step of an attempt. */
  public Decisions onHealResult(HealResult result, Instant now) {
    Draft draft = begin(now);
    take(draft, result);
    return end(draft);
  }

  private void take(Draft draft, HealResult result) {
    Case known = book.get(result.getIncidentId()).orElse(null);
    if (known != null && !known.isOpen()) {
      draft.hold(HeldReason.INCIDENT_IS_OVER);
    } else if (known == null
        || known.heal() == null
        || result.getAttempt() > known.heal().attempt()) {
      draft.hold(
          early.add(result, draft.now())
              ? HeldReason.AHEAD_OF_ITS_PLAN
              : HeldReason.TOO_MANY_AHEAD_OF_THEIR_PLAN);
    } else if (!known.heal().planId().equals(result.getPlanId())
        || known.heal().hasPassed(result.getOutcome())) {
      draft.hold(HeldReason.OLD_HEAL_RESULT);
    } else {
      heals.onResult(draft, known, result);
      hours.afterHeal(draft, book.get(known.id()).orElseThrow(), result.getAt());
    }
  }

  /** Wall-clock time has passed. Harmless if nothing is due. */
  public Decisions onTime(Instant now) {
    Draft draft = new Draft(book, now);
    if (!now.isBefore(settledAt)) {
      List.copyOf(waiting.values()).forEach(command -> noLongerWaits(draft, command));
      hours.pass(draft, quiet);
      forgetCommands(now);
    }
    return end(draft);
  }

  private void noLongerWaits(Draft draft, Command command) {
    waiting.remove(command.getId());
    shelf.earlyCommands().remove(command.getId());
    carryOut(draft, command);
  }

  private void forgetCommands(Instant now) {
    seen.values().stream()
        .takeWhile(command -> command.at().plus(COMMANDS_KEPT).isBefore(now))
        .toList()
        .forEach(
            command -> {
              seen.remove(command.id());
              shelf.commands().remove(command.id());
            });
  }

  /** When {@link #onTime} has to be called next; empty if nothing is awaited. */
  public Optional<Instant> nextTimer() {
    Optional<Instant> next =
        Stream.of(book.timers().first(), quiet.nextChange())
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
    if (!waiting.isEmpty()) {
      return Optional.of(settledAt);
    }
    return next.map(at -> at.isBefore(settledAt) ? settledAt : at);
  }

  /** What a silence would hide if it held now: open incidents, and of the alerts that are known. */
  public SilencePreview preview(Silence silence) {
    return SilencePreview.of(
        silence,
        book.open().map(Case::incident).toList(),
        book.members().stream().map(Member::alert).toList());
  }

  /** Incidents that are open or were resolved lately, in the order of their ids. */
  public Collection<Case> cases() {
    return book.all();
  }

  /** Alerts that have not ended, and those of the incidents. */
  public Collection<Member> members() {
    return List.copyOf(book.members());
  }

  /** Silences that are in force or will be. */
  public List<Silence> silences() {
    return quiet.all();
  }

  /** The inventory as a graph. Not to be changed. */
  public Graph graph() {
    return graph;
  }

  private Draft begin(Instant now) {
    Draft draft = new Draft(book, now);
    hours.silences(draft, quiet);
    return draft;
  }

  /**
   * Whatever the input was: silences, heals and what people are told follow from how it stands.
   * Commands and results that were ahead of their incident, as after a restore, come last: what
   * people are told has to bear the version, and so the id, that it had the first time.
   */
  private Decisions end(Draft draft) {
    review(draft);
    List<Command> arrived =
        waiting.values().stream()
            .filter(command -> draft.opened().contains(command.getIncidentId()))
            .toList();
    if (!arrived.isEmpty()) {
      arrived.forEach(command -> noLongerWaits(draft, command));
      review(draft);
    }
    deadlines.flush(draft);
    return draft.decisions();
  }

  private void review(Draft draft) {
    for (String id : draft.touched()) {
      book.get(id).ifPresent(known -> quiet.review(draft, known, draft.now()));
      Optional<HealPlan> plan = book.get(id).flatMap(known -> heals.review(draft, known));
      book.get(id).ifPresent(known -> telling.review(draft, known));
      if (plan.isPresent()) {
        answered(draft, plan.get());
        book.get(id).ifPresent(known -> telling.review(draft, known));
      }
    }
  }

  private void answered(Draft draft, HealPlan plan) {
    early.take(plan.getId()).forEach(result -> take(draft, result));
  }
}
