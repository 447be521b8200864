package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.EvaluationSettings;
import io.tocsin.alerting.evaluate.Evaluator;
import io.tocsin.alerting.evaluate.Outcome;
import io.tocsin.alerting.evaluate.ResourceState;
import io.tocsin.alerting.evaluate.TemplateWording;
import io.tocsin.alerting.signal.Observations;
import io.tocsin.alerting.signal.ThroughputSignal;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /**
   * A resource that is expected is looked at this often at least, so that a rule on absence that is
   * added while nothing comes in is heard of.
   */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

  private final AlertingConfig config;
  private final JobParts parts;

  private transient RecordOpening opening;
  private transient RulesInForce rules;
  private transient KeyedEvaluation store;
  private transient Evaluator evaluator;
  private transient Counters held;
  private transient boolean isFirstTask;

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
    Evaluator ready = evaluator(now, context);
    withTimers(context);
    RecordOpening.Opened opened = opening.open(raw);
    if (opened instanceof RecordOpening.Opened.Refused refused) {
      context.output(Outputs.DEAD_LETTERS, refused.letter());
    } else if (raw.topic().equals(Topics.RESOURCES.name())) {
      Resource newest =
          opened instanceof RecordOpening.Opened.Value value ? (Resource) value.value() : null;
      tell(ready.onResource(newest, now, store), context, out);
      lookAgain(now, context);
    } else if (opened instanceof RecordOpening.Opened.Value value) {
      observe(value.value(), now, ready, context, out);
    } else {
      held.count("empty");
    }
  }

  private void observe(
      SpecificRecord value,
      Instant now,
      Evaluator ready,
      ReadOnlyContext context,
      Collector<Alert> out) {
    Observations.of(value)
        .ifPresent(seen -> tell(ready.onObservation(seen, now, store), context, out));
    if (value instanceof ThroughputWindow window && rules.set().needsThroughputParts()) {
      ThroughputSignal.parts(window)
          .forEach(part -> tell(ready.onObservation(part, now, store), context, out));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
    Evaluator ready = evaluator(now, context);
    withTimers(context);
    tell(ready.onTimer(now, store), context, out);
    lookAgain(now, context);
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
      Evaluator ready = evaluator == null ? start(now) : evaluator;
      store.withTimers(at -> {}); // none can be set from here; see LOOK_EVERY
      context.applyToKeyedState(
          KeyedEvaluation.RESOURCE,
          (key, resource) -> {
            for (Outcome outcome : ready.onRules(now, store.keyed())) {
              if (outcome instanceof Outcome.Changed changed) {
                out.collect(changed.alert());
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

  private void withTimers(ReadOnlyContext context) {
    store.withTimers(at -> context.timerService().registerProcessingTimeTimer(at.toEpochMilli()));
  }

  private void lookAgain(Instant now, ReadOnlyContext context) {
    ResourceState resource = store.resource();
    if (resource != null && resource.inventory() != null && resource.timerAt() == null) {
      context.timerService().registerProcessingTimeTimer(now.plus(LOOK_EVERY).toEpochMilli());
    }
  }

  private Evaluator evaluator(Instant now, ReadOnlyContext context) throws Exception {
    if (evaluator == null) {
      rules.restore(context.getBroadcastState(RulesInForce.STATE));
      start(now);
    }
    return evaluator;
  }

  private Evaluator start(Instant now) {
    evaluator =
        new Evaluator(
            rules, parts.detectors(), new TemplateWording(), EvaluationSettings.DEFAULT, now);
    return evaluator;
  }
}
