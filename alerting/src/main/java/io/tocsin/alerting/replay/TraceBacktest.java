package io.tocsin.alerting.replay;

import io.tocsin.alerting.incidents.HealPolicies;
import io.tocsin.alerting.replay.trace.Alarm;
import io.tocsin.alerting.replay.trace.Control;
import io.tocsin.alerting.replay.trace.Label;
import io.tocsin.alerting.replay.trace.Score;
import io.tocsin.alerting.replay.trace.Scorer;
import io.tocsin.alerting.replay.trace.Trace;
import io.tocsin.alerting.replay.trace.TraceRow;
import io.tocsin.alerting.replay.trace.Watched;
import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.schemas.IncidentEventKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What rules would have said of a trace, and how that agrees with what is known to have been wrong.
 * What is scored are incidents and what they are said to be about: an alert that only joined one is
 * no alarm.
 */
public final class TraceBacktest {

  /** An alarm this long after a label's end still hits: a fault shows for a while. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final Set<IncidentEventKind> SAID =
      EnumSet.of(
          IncidentEventKind.OPENED, IncidentEventKind.REOPENED, IncidentEventKind.CAUSE_CHANGED);

  private final RuleSet rules;

  /** A backtest of these rules. */
  public TraceBacktest(RuleSet rules) {
    this.rules = rules;
  }

  /**
   * What came of it.
   *
   * @param log all that was decided
   * @param alarms incidents as alarms on the trace's resources
   * @param days that all resources together were watched
   * @param score against the labels; empty without labels
   * @param controls scores of judges that know next to nothing, by name
   */
  public record Result(
      ReplayLog log,
      List<Alarm> alarms,
      double days,
      Optional<Score> score,
      Map<String, Score> controls) {}

  /**
   * Runs it.
   *
   * @param labels empty if nothing is known to have been wrong
   * @param probation share of each resource's rows that is for learning alone, 0 to less than 1
   */
  public Result run(Trace trace, List<Label> labels, double probation) {
    ReplayLog log = replay(trace);
    List<Alarm> alarms = alarms(log);
    List<Watched> watched = watched(trace, probation);
    Scorer scorer = new Scorer(labels, watched, GRACE);
    Map<String, Score> controls = new LinkedHashMap<>();
    for (Control control : Control.values()) {
      List<Alarm> said = new ArrayList<>();
      fields(trace).forEach(field -> said.addAll(control.alarms(trace, field)));
      said.sort(Comparator.comparing(Alarm::at));
      controls.put(control.name().toLowerCase(Locale.ROOT).replace('_', '-'), scorer.score(said));
    }
    Score score = scorer.score(alarms);
    return new Result(
        log,
        alarms,
        score.days(),
        labels.isEmpty() ? Optional.empty() : Optional.of(score),
        controls);
  }

  private ReplayLog replay(Trace trace) {
    TraceObservations observations = new TraceObservations(trace);
    Instant from = trace.rows().isEmpty() ? Instant.EPOCH : trace.rows().get(0).at();
    Replay replay = new Replay(rules, HealPolicies.NONE, alert -> alert, from);
    observations.inventory().forEach(resource -> replay.resource(resource.getId(), resource));
    for (TraceRow row : trace.rows()) {
      replay.advanceTo(row.at());
      observations.of(row).forEach(replay::observe);
    }
    return replay.log();
  }

  private static List<Watched> watched(Trace trace, double probation) {
    List<Watched> all = new ArrayList<>();
    TreeSet<String> kinds = new TreeSet<>();
    trace.rows().stream()
        .filter(row -> !row.resource().contains(">"))
        .forEach(row -> kinds.add(row.kind()));
    kinds.forEach(kind -> all.addAll(Watched.of(trace, kind, probation)));
    return all;
  }

  /** What the controls look at: the one figure that is watched, or the share of CPU. */
  private static List<String> fields(Trace trace) {
    boolean hasValue = trace.rows().stream().anyMatch(row -> row.fields().containsKey("value"));
    return List.of(hasValue ? "value" : "cpu-percent");
  }

  /** An incident is said when it opens, comes back, or turns out to be about something else. */
  private List<Alarm> alarms(ReplayLog log) {
    List<Alarm> alarms = new ArrayList<>();
    for (ReplayLog.Turn turn : log.turns()) {
      if (SAID.contains(turn.event().getKind())) {
        alarms.add(
            new Alarm(
                turn.event().getAt(),
                TraceObservations.name(turn.resourceId()),
                rules.byName(turn.rule()).map(TraceBacktest::kind).orElse("unknown")));
      }
    }
    return alarms;
  }

  /** What a rule says is wrong, in the words in which traces are labelled. */
  private static String kind(Rule rule) {
    if (rule.derivation() instanceof Derivation.Difference) {
      return "NETWORK";
    }
    String field = rule.when().field();
    for (String kind : List.of("CPU", "MEMORY", "IO", "NETWORK")) {
      if (field.startsWith(kind.toLowerCase(Locale.ROOT))) {
        return kind;
      }
    }
    return rule.signal().word();
  }
}
