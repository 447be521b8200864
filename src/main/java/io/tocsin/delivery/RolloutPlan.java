package io.tocsin.delivery;

import io.tocsin.delivery.signal.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How versions get to the instances of an installation; written by its operator.
 *
 * @param directory where commands run, and what relative paths are below: that of the plan
 * @param state directory of the journal and the lock
 * @param apis where the API may be asked; the first that answers is
 * @param tokenFile holds a token of a viewer; null where none is needed
 * @param deploy puts a version on a target
 * @param back takes a target back to the version before
 * @param targets the instances, by name, in the order of the plan
 * @param watched instances that are looked at and not changed
 * @param steps which targets, one step after another; each target in one
 * @param checks how they are looked at
 * @param limits how much worse it may be than before
 */
public record RolloutPlan(
    Path directory,
    Path state,
    List<URI> apis,
    Path tokenFile,
    Command deploy,
    Command back,
    Map<String, Target> targets,
    Map<String, Target> watched,
    List<Step> steps,
    Checks checks,
    Limits limits) {

  /** What a word of a command may hold: the target's name, the version. */
  public static final String TARGET = "{target}";

  /** See {@link #TARGET}. */
  public static final String VERSION = "{version}";

  public RolloutPlan {
    apis = List.copyOf(apis);
    steps = List.copyOf(steps);
  }

  /**
   * A command of the operator's own, started without a shell.
   *
   * @param run program and arguments, with {@value #TARGET} and {@value #VERSION} where these go
   * @param within ended after this, which counts as a failure
   */
  public record Command(List<String> run, Duration within) {
    public Command {
      run = List.copyOf(run);
    }
  }

  /**
   * An instance.
   *
   * @param health where it answers {@code /health/ready} and {@code /metrics}; null if nowhere,
   *     which leaves its version and readiness unknown
   */
  public record Target(String name, URI health) {}

  /** Targets that get the version one after another, and are then looked at for a time. */
  public record Step(String name, List<String> targets, Duration bake) {
    public Step {
      targets = List.copyOf(targets);
    }
  }

  /**
   * How it is looked at.
   *
   * @param before how long before the first change
   * @param every one look
   * @param tolerate this many bad looks in a row are too many
   * @param readyWithin time for an instance to be ready, and for what settles by itself to settle
   * @param backBake how long after going back
   */
  public record Checks(
      Duration before, Duration every, int tolerate, Duration readyWithin, Duration backBake) {

    /** Bad three times within five seconds is no accident; a stage that starts takes up to 30 s. */
    public static final Checks DEFAULT =
        new Checks(
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            3,
            Duration.ofSeconds(90),
            Duration.ofSeconds(10));
  }

  /** The step that a target is in. */
  Optional<Step> stepOf(String target) {
    return steps.stream().filter(step -> step.targets().contains(target)).findFirst();
  }
}
