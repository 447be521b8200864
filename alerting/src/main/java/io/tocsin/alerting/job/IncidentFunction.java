package io.tocsin.alerting.job;

import io.tocsin.alerting.incident.Decision;
import io.tocsin.alerting.incident.Lifecycle;
import io.tocsin.alerting.incident.Reason;
import io.tocsin.alerting.incident.Step;
import io.tocsin.alerting.incident.Track;
import io.tocsin.alerting.rule.Rule;
import io.tocsin.alerting.rule.Signal;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Runs the {@link Lifecycle} of every rule over the signals and heal results of a resource, by
 * which it is keyed. Incidents come out of the main output; events and plans to the side.
 *
 * <p>Harmless to replay: ids and versions follow from the inputs, and heal results that are read
 * before the plan they answer (signals and results are two topics, so after a restore either may be
 * ahead) wait for it.
 */
final class IncidentFunction extends KeyedCoProcessFunction<String, Signal, HealResult, Incident> {

  private static final long serialVersionUID = 1L;

  /**
   * After a start, deadlines wait for this long: those that passed while the job was down fire all
   * at once, before the answers that were given meanwhile have been read.
   */
  static final Duration SETTLE = Duration.ofSeconds(10);

  private final List<Rule> rules;

  private transient Map<String, Lifecycle> lifecycles;
  private transient Tracks tracks;
  private transient EarlyResults early;
  private transient Counters decisions;
  private transient Instant settledAt;

  IncidentFunction(AlertingConfig config) {
    this.rules = config.rules();
  }

  @Override
  public void open(OpenContext context) {
    lifecycles = new HashMap<>();
    rules.forEach(rule -> lifecycles.put(rule.name(), new Lifecycle(rule)));
    tracks = new Tracks(getRuntimeContext());
    early = new EarlyResults(getRuntimeContext());
    decisions =
        new Counters(getRuntimeContext().getMetricGroup(), "tocsin_alerting_inputs_held", "reason");
  }

  @Override
  public void processElement1(Signal signal, Context context, Collector<Incident> out)
      throws Exception {
    for (Rule rule : rules) {
      if (rule.signal() == signal.kind()) {
        Series series = new Series(rule.name(), signal.aspect());
        Track track = tracks.get(series);
        Step step = lifecycles.get(rule.name()).onSignal(track, signal, now(context));
        apply(series, track, step, context, out);
      }
    }
  }

  @Override
  public void processElement2(HealResult result, Context context, Collector<Incident> out)
      throws Exception {
    now(context);
    Series series = tracks.ofIncident(result.getIncidentId());
    if (series != null && tracks.get(series).heal() != null) {
      Track track = tracks.get(series);
      if (result.getAttempt() <= track.heal().attempt()) {
        onResult(series, result, context, out);
        return;
      }
    } else if (tracks.hasClosed(result.getIncidentId())) {
      decisions.count(Reason.INCIDENT_RESOLVED.tag());
      return;
    }
    decisions.count(early.add(result) ? "ahead_of_its_plan" : "too_many_ahead_of_their_plan");
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Incident> out)
      throws Exception {
    Instant now = now(context);
    if (now.isBefore(settledAt)) {
      context.timerService().registerProcessingTimeTimer(settledAt.toEpochMilli());
      return;
    }
    for (Series series : tracks.open()) {
      Track track = tracks.get(series);
      Lifecycle lifecycle = lifecycles.get(series.rule());
      if (lifecycle != null) {
        apply(series, track, lifecycle.onDeadline(track, now), context, out);
      }
    }
  }

  private void onResult(Series series, HealResult result, Context context, Collector<Incident> out)
      throws Exception {
    Lifecycle lifecycle = lifecycles.get(series.rule());
    if (lifecycle == null) {
      decisions.count("rule_is_gone");
      return;
    }
    Track track = tracks.get(series);
    apply(series, track, lifecycle.onResult(track, result, now(context)), context, out);
  }

  private void apply(
      Series series, Track before, Step step, Context context, Collector<Incident> out)
      throws Exception {
    tracks.put(series, step.track());
    moveTimer(before.deadline(), step.track().deadline(), context);
    HealPlan plan = null;
    for (Decision decision : step.decisions()) {
      if (decision instanceof Decision.Change change) {
        out.collect(change.incident());
        context.output(Outputs.EVENTS, change.event());
      } else if (decision instanceof Decision.Act act) {
        plan = act.plan();
        context.output(Outputs.PLANS, plan);
      } else if (decision instanceof Decision.Hold hold) {
        decisions.count(hold.reason().tag());
      } else if (decision instanceof Decision.Ignore ignored) {
        decisions.count(ignored.reason().tag());
      }
    }
    if (plan != null) {
      for (HealResult result : early.take(plan.getId())) {
        onResult(series, result, context, out);
      }
    }
  }

  private void moveTimer(Instant before, Instant after, Context context) throws Exception {
    if (after != null && !after.equals(before)) {
      context.timerService().registerProcessingTimeTimer(after.toEpochMilli());
    }
    // Timers of a key are told apart by their time only: another track may need this one.
    if (before != null && !before.equals(after) && !tracks.anyHasDeadline(before)) {
      context.timerService().deleteProcessingTimeTimer(before.toEpochMilli());
    }
  }

  private Instant now(Context context) {
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    if (settledAt == null) {
      settledAt = now.plus(SETTLE);
    }
    return now;
  }
}
