package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.EvaluationSettings;
import io.tocsin.alerting.evaluate.Evaluator;
import io.tocsin.alerting.evaluate.Outcome;
import io.tocsin.alerting.evaluate.TemplateWording;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.Observations;
import io.tocsin.alerting.signal.ThroughputSignal;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Runs the {@link Evaluator} over all that comes in of a resource, by whose id it is keyed; the
 * rules come by broadcast. Alerts come out of the main output; what rules compare between
 * resources, the state of the rules and dead letters to the side.
 */
final class EvaluateFunction
    extends KeyedBroadcastProcessFunction<String, RawRecord, RawRecord, Alert> {

  private static final long serialVersionUID = 1L;

  private final AlertingConfig config;
  private final JobParts parts;

  private transient RecordOpening opening;
  private transient RulesInForce rules;
  private transient KeyedEvaluation store;
  private transient Evaluator evaluator;
  private transient Counters held;
  private transient boolean isFirstTask;
  private transient Instant startedAt;

  EvaluateFunction(AlertingConfig config, JobParts parts) {
    this.config = config;
    this.parts = parts;
  }

  @Override
  public void open(OpenContext context) {
    opening = parts.opening();
    rules = new RulesInForce(config.rules());
    store = new KeyedEvaluation(getRuntimeContext());
    held = new Counters(getRuntimeContext().getMetricGroup(), "tocsin_alerting_held", "reason");
    isFirstTask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    startedAt = parts.clock().instant();
  }

  @Override
  public void close() {
    if (opening != null) {
      opening.close();
    }
  }

  @Override
  public void processElement(RawRecord raw, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
    Evaluator ready = evaluator(context);
    Instant timer = store.keyed().timerAt();
    RecordOpening.Opened opened = opening.open(raw);
    if (opened instanceof RecordOpening.Opened.Refused refused) {
      context.output(Outputs.DEAD_LETTERS, refused.letter());
    } else if (raw.topic().equals(Topics.RESOURCES.name())) {
      Resource newest =
          opened instanceof RecordOpening.Opened.Value value ? (Resource) value.value() : null;
      tell(ready.onResource(newest, now, store), context, out);
    } else if (opened instanceof RecordOpening.Opened.Value value) {
      observe(raw, value.value(), now, ready, context, out);
    } else {
      held.count("empty");
    }
    oneTimer(timer, now, context);
  }

  private void observe(
      RawRecord raw,
      SpecificRecord value,
      Instant now,
      Evaluator ready,
      ReadOnlyContext context,
      Collector<Alert> out) {
    Optional<Observation> observed = Observations.of(value);
    if (observed.isEmpty()) {
      return;
    }
    Observation seen = observed.get();
    if (isFromTheFuture(seen, now)) {
      context.output(
          Outputs.DEAD_LETTERS,
          opening
              .refuse(raw, "is dated " + seen.at() + ", in the future: set the sender's clock")
              .letter());
    }
    tell(ready.onObservation(seen, now, store), context, out);
    if (value instanceof ThroughputWindow window && rules.set().needsThroughputParts()) {
      ThroughputSignal.parts(window)
          .forEach(part -> tell(ready.onObservation(part, now, store), context, out));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
    Evaluator ready = evaluator(context);
    Instant timer = store.keyed().timerAt();
    tell(ready.onTimer(now, store), context, out);
    oneTimer(timer, now, context);
  }

  @Override
  public void processBroadcastElement(RawRecord raw, Context context, Collector<Alert> out)
      throws Exception {
    Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
    BroadcastState<String, RuleText> state = context.getBroadcastState(RulesInForce.STATE);
    rules.restore(state);
    RecordOpening.Opened opened = opening.open(raw);
    if (opened instanceof RecordOpening.Opened.Refused refused) {
      if (isFirstTask) {
        context.output(Outputs.DEAD_LETTERS, refused.letter());
      }
      return;
    }
    RuleText text =
        opened instanceof RecordOpening.Opened.Value value ? (RuleText) value.value() : null;
    RulesInForce.Taken taken = rules.take(raw.key(), text, state);
    if (isFirstTask) {
      context.output(Outputs.RULE_STATUS, status(raw.key(), text, taken, now));
      if (!taken.problems().isEmpty()) {
        String problems =
            String.join("; ", taken.problems().stream().map(Object::toString).toList());
        context.output(Outputs.DEAD_LETTERS, opening.refuse(raw, problems).letter());
      }
    }
    if (taken.isChange()) {
      Evaluator ready = evaluator == null ? start() : evaluator;
      context.applyToKeyedState(
          KeyedEvaluation.RESOURCE,
          (key, resource) -> {
            for (Outcome outcome : ready.onRules(now, store.keyed())) {
              if (outcome instanceof Outcome.Changed changed) {
                out.collect(changed.alert());
              } else if (outcome instanceof Outcome.Held heldBack) {
                held.count(heldBack.reason().tag());
              }
            }
          });
    }
  }

  private RuleStatus status(String name, RuleText text, RulesInForce.Taken taken, Instant now) {
    return RuleStatus.newBuilder()
        .setName(name)
        .setVersion(rules.set().byName(name).map(rule -> rule.version()).orElse(null))
        .setAccepted(text != null && taken.problems().isEmpty())
        .setProblems(taken.problems().stream().map(Object::toString).toList())
        .setShadow(rules.set().byName(name).map(rule -> rule.isShadow()).orElse(false))
        .setAt(now)
        .build();
  }

  private void tell(List<Outcome> outcomes, ReadOnlyContext context, Collector<Alert> out) {
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Changed changed) {
        out.collect(changed.alert());
      } else if (outcome instanceof Outcome.Fact fact) {
        context.output(Outputs.FACTS, fact);
      } else if (outcome instanceof Outcome.Held heldBack) {
        held.count(heldBack.reason().tag());
      }
    }
  }

  /**
   * The evaluator takes what it believes for what is: a record that claims to be of next year would
   * make all others old.
   */
  private static boolean isFromTheFuture(Observation seen, Instant now) {
    return seen.at().isAfter(now.plus(EvaluationSettings.DEFAULT.mostAhead()));
  }

  /**
   * Sets the timer that the evaluator asks for, in the place of the one before it: each timer asks
   * for the next, so that one left standing would go on beside it for good. One that is due already
   * is left to come.
   */
  private void oneTimer(Instant before, Instant now, ReadOnlyContext context) {
    Instant wanted = store.timerAt();
    if (Objects.equals(before, wanted)) {
      return;
    }
    if (before != null && before.isAfter(now)) {
      context.timerService().deleteProcessingTimeTimer(before.toEpochMilli());
    }
    if (wanted != null) {
      context.timerService().registerProcessingTimeTimer(wanted.toEpochMilli());
    }
  }

  private Evaluator evaluator(ReadOnlyContext context) throws Exception {
    if (evaluator == null) {
      rules.restore(context.getBroadcastState(RulesInForce.STATE));
      start();
    }
    return evaluator;
  }

  private Evaluator start() {
    evaluator =
        new Evaluator(
            rules, parts.detectors(), new TemplateWording(), EvaluationSettings.DEFAULT, startedAt);
    return evaluator;
  }
}
