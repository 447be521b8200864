package io.tocsin.delivery;

import io.tocsin.delivery.Entry.Event;
import io.tocsin.delivery.RolloutPlan.Step;
import io.tocsin.delivery.RolloutPlan.Target;
import io.tocsin.delivery.signal.Baseline;
import io.tocsin.delivery.signal.InstanceReading;
import io.tocsin.delivery.signal.Observation;
import io.tocsin.delivery.signal.Reason;
import io.tocsin.delivery.signal.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes a version through the steps of a plan: target after target, then a look at everything for a
 * while, then the next step; and back, the last target first, as soon as it is known to be bad.
 * Every decision is in the journal before it is acted on, so that another process can go on where
 * this one ended.
 */
public final class Rollout {

  /** What a version may look like: it becomes part of commands, and often of paths. */
  public static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._+-]{0,100}");

  private final RolloutPlan plan;
  private final Ground ground;
  private final Looking looking;
  private final Journal journal;
  private final Clock clock;

  /** By a plan; nothing is done yet. */
  public Rollout(RolloutPlan plan, Ground ground, Watch watch, Journal journal, Clock clock) {
    this.plan = plan;
    this.ground = ground;
    this.looking = new Looking(watch, plan.checks(), plan.limits(), clock);
    this.journal = journal;
    this.clock = clock;
  }

  /** Version and id of a rollout of the journal that was interrupted; empty if there is none. */
  public static Optional<String> unfinished(Journal journal) {
    return Progress.of(journal.entries())
        .filter(Progress::isUnfinished)
        .map(progress -> progress.version() + " (" + progress.id() + ")");
  }

  /**
   * From the beginning.
   *
   * @param from the version that is there before, where instances do not tell; null if they do
   * @param evenIfUnwell whether a target may be not ready before
   * @throws IOException if the journal cannot be written
   */
  public Outcome begin(String version, String from, boolean evenIfUnwell)
      throws IOException, InterruptedException {
    List<Observation> seen = looking.look(plan.checks().before());
    Baseline before;
    try {
      before = Baseline.of(seen);
    } catch (IllegalArgumentException unknown) {
      return new Outcome.NotBegun(List.of("the API: " + unknown.getMessage()));
    }
    Map<String, String> versions = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Target target : plan.targets().values()) {
      InstanceReading reading = before.instances().get(target.name());
      String there = from == null ? before.versionOf(target.name()) : from;
      if (!VERSION.matcher(there).matches()) {
        problems.add(target.name() + ": does not tell its version; say it with --from");
      } else if (reading != null && !evenIfUnwell) {
        reading
            .lacks(before.versionOf(target.name()))
            .ifPresent(why -> problems.add(target.name() + ": " + why));
      }
      versions.put(target.name(), there);
    }
    if (!problems.isEmpty()) {
      return new Outcome.NotBegun(problems);
    }
    Instant at = clock.instant();
    String id = "rollout-" + at.toEpochMilli();
    journal.append(new Entry(at, id, Event.BEGUN, version, null, null, null, versions, before));
    return forward();
  }

  /**
   * Goes on with what was interrupted, in the direction that it had.
   *
   * @throws IOException if the journal cannot be written
   */
  public Outcome resume() throws IOException, InterruptedException {
    Progress progress = progress();
    if (isOfAnotherPlan()) {
      return otherTargets();
    }
    return progress.failed().isPresent() ? goBack(progress.failed().get(), null) : forward();
  }

  /**
   * Goes back with what was interrupted, or has just been done, or could not be taken back.
   *
   * @param why for the journal
   * @throws IOException if the journal cannot be written
   */
  public Outcome back(String why) throws IOException, InterruptedException {
    if (isOfAnotherPlan()) {
      return otherTargets();
    }
    if (progress().failed().isEmpty()) {
      append(Event.FAILED, null, null, List.of(why));
    }
    return goBack(progress().failed().orElseThrow(), null);
  }

  private boolean isOfAnotherPlan() {
    return !progress().from().keySet().equals(plan.targets().keySet());
  }

  private Outcome otherTargets() {
    return new Outcome.NotBegun(
        List.of(
            "the plan names other targets than when this rollout began, which were: "
                + String.join(", ", progress().from().keySet())));
  }

  private Progress progress() {
    return Progress.of(journal.entries())
        .orElseThrow(() -> new IllegalStateException("no rollout has begun"));
  }

  private Outcome forward() throws IOException, InterruptedException {
    for (Step step : plan.steps()) {
      if (progress().passed().contains(step.name())) {
        continue;
      }
      append(Event.STEP, step.name(), null, null);
      for (String target : step.targets()) {
        Looking.Found found = deploy(step, target);
        if (!found.isWell()) {
          return fail(step, target, found);
        }
      }
      Looking.Found found =
          looking.bake(progress().baseline(), expected(), step.bake(), now -> checked(step, now));
      if (!found.isWell()) {
        return fail(step, null, found);
      }
      append(Event.PASSED, step.name(), null, null);
    }
    append(Event.DONE, null, null, null);
    return new Outcome.Done();
  }

  private Looking.Found deploy(Step step, String target) throws IOException, InterruptedException {
    Progress progress = progress();
    boolean hasIt = progress.version().equals(progress.from().get(target));
    if (progress.deployed().contains(target) || hasIt) {
      return new Looking.Found(List.of(), clock.instant());
    }
    append(Event.DEPLOYING, step.name(), target, null);
    Optional<String> wrong = ground.put(plan.deploy(), target, progress.version());
    Looking.Found found =
        wrong.isPresent()
            ? new Looking.Found(List.of(target + ": " + wrong.get()), clock.instant())
            : looking.await(Map.of(target, progress.version()));
    if (found.isWell()) {
      append(Event.DEPLOYED, step.name(), target, null);
    }
    return found;
  }

  /** The version that each instance should have that has got one. */
  private Map<String, String> expected() {
    Map<String, String> expected = new LinkedHashMap<>();
    Progress progress = progress();
    progress.deployed().forEach(target -> expected.put(target, progress.version()));
    return expected;
  }

  private void checked(Step step, Verdict now) {
    try {
      append(
          Event.CHECKED, step.name(), null, now.reasons().stream().map(Reason::toString).toList());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private Outcome fail(Step step, String target, Looking.Found found)
      throws IOException, InterruptedException {
    append(Event.FAILED, step.name(), target, found.reasons());
    return goBack(found.reasons(), found.since());
  }

  private Outcome goBack(List<String> reasons, Instant badSince)
      throws IOException, InterruptedException {
    WayBack way = new WayBack(plan, ground, looking, clock);
    WayBack.Arrival arrival = way.take(progress(), this::append);
    if (arrival.todo().isEmpty()) {
      append(Event.ROLLED_BACK, null, null, reasons);
      return new Outcome.RolledBack(
          reasons,
          Optional.ofNullable(badSince).map(since -> Duration.between(since, arrival.readyAt())));
    }
    append(Event.ROLLBACK_FAILED, null, null, arrival.todo());
    return new Outcome.RollbackFailed(reasons, arrival.todo());
  }

  private void append(Event event, String step, String target, List<String> reasons)
      throws IOException {
    Progress progress = progress();
    String version =
        event == Event.RESTORING || event == Event.RESTORED
            ? progress.from().get(target)
            : progress.version();
    journal.append(
        new Entry(
            clock.instant(), progress.id(), event, version, step, target, reasons, null, null));
  }
}
