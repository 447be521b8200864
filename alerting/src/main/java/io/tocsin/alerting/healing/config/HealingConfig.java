package io.tocsin.alerting.healing.config;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operator lets the responder do: the section {@code healing} of the configuration.
 *
 * @param mode where no rule of {@code modes} matches; default {@link Mode#OBSERVE}
 * @param modes modes for some plans
 * @param actions the catalogue of actions that plans may name
 * @param ladders what is tried in which order
 * @param blastRadius how much may be acted on at a time
 * @param rate how many actions may be begun in all
 * @param evidence how much has to be known
 * @param approvalWithin how long a plan waits for a person; default 15 min
 * @param autonomy when an action loses trust
 * @param environments name to globs over resource ids; of several that match, the first one counts
 * @param zones name to globs over resource ids of targets or of what they run on
 * @param signing keys of plans
 * @param separate whether {@code tocsin respond} carries plans out instead of {@code tocsin up};
 *     default false
 */
public record HealingConfig(
    Mode mode,
    List<ModeRule> modes,
    List<Action> actions,
    List<Ladder> ladders,
    BlastRadius blastRadius,
    Rate rate,
    Evidence evidence,
    Duration approvalWithin,
    Autonomy autonomy,
    Map<String, List<String>> environments,
    Map<String, List<String>> zones,
    Signing signing,
    Boolean separate) {

  /** Nothing but looking on. */
  public static final HealingConfig DEFAULT = of(null, null);

  /**
   * Fills in the defaults.
   *
   * @throws IllegalArgumentException if two actions have one name
   */
  public HealingConfig {
    mode = mode == null ? Mode.OBSERVE : mode;
    modes = modes == null ? List.of() : List.copyOf(modes);
    actions = actions == null ? List.of() : List.copyOf(actions);
    ladders = ladders == null ? List.of() : List.copyOf(ladders);
    blastRadius = blastRadius == null ? BlastRadius.DEFAULT : blastRadius;
    rate = rate == null ? Rate.DEFAULT : rate;
    evidence = evidence == null ? Evidence.DEFAULT : evidence;
    approvalWithin = approvalWithin == null ? Duration.ofMinutes(15) : approvalWithin;
    autonomy = autonomy == null ? Autonomy.DEFAULT : autonomy;
    environments = inOrder(environments);
    zones = inOrder(zones);
    signing = signing == null ? Signing.DEFAULT : signing;
    separate = separate == null ? Boolean.FALSE : separate;
    Set<String> names = new HashSet<>();
    for (Action action : actions) {
      if (!names.add(action.name())) {
        throw new IllegalArgumentException(
            "healing action '" + action.name() + "' is there twice; names must be unique");
      }
    }
  }

  private static Map<String, List<String>> inOrder(Map<String, List<String>> named) {
    return named == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(named));
  }

  /** Actions with the usual limits. */
  public static HealingConfig of(Mode mode, List<Action> actions) {
    return new HealingConfig(
        mode, null, actions, null, null, null, null, null, null, null, null, null, null);
  }

  /** The action of that name. */
  public Optional<Action> action(String name) {
    return actions.stream().filter(action -> action.name().equals(name)).findFirst();
  }

  /** Ids of all resources that any action may act on. */
  public Set<String> targets() {
    return actions.stream()
        .flatMap(action -> action.targets().ids().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Ids of all resources whose probes say something to the responder. */
  public Set<String> probed() {
    return actions.stream()
        .flatMap(
            action ->
                Stream.concat(
                    action.targets().ids().stream(), Stream.ofNullable(action.verify().of())))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** How far back any guard looks at what was done before. */
  public Duration longestWindow() {
    return Stream.concat(
            Stream.of(rate.within(), blastRadius.recently()),
            actions.stream()
                .flatMap(action -> Stream.of(action.attemptsWithin(), action.cooldown())))
        .max(Duration::compareTo)
        .orElseThrow();
  }
}
