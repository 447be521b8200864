package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.EvaluationSettings;
import io.tocsin.alerting.evaluate.Outcome;
import io.tocsin.alerting.evaluate.Relations;
import io.tocsin.alerting.evaluate.TemplateWording;
import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Runs {@link Relations}: rules that compare two resources, and sequences of other rules' alerts.
 * One task, as what it looks at is few and may be anywhere; rules and inventory come by broadcast.
 */
final class RelateFunction
    extends KeyedBroadcastProcessFunction<Integer, RelationInput, RawRecord, Alert> {

  private static final long serialVersionUID = 1L;

  /** The inventory. */
  static final MapStateDescriptor<String, Resource> GRAPH =
      new MapStateDescriptor<>("inventory", Types.STRING, new AvroTypeInfo<>(Resource.class));

  /** Calls whose figures no longer come are known to be unknown so much later at most. */
  private static final long LOOK_EVERY_MS = 30_000;

  /** The names of rules that have remembered something. */
  private static final MapStateDescriptor<String, Boolean> PRESENT =
      new MapStateDescriptor<>("present", Types.STRING, Types.BOOLEAN);

  private final AlertingConfig config;
  private final JobParts parts;

  private transient RecordOpening opening;
  private transient RulesInForce rules;
  private transient Relations relations;
  private transient KeyedRelations store;
  private transient MapState<String, Boolean> present;
  private transient Graph graph;
  private transient Counters held;
  private transient Instant settledAt;
  private transient long lookAt;

  RelateFunction(AlertingConfig config, JobParts parts) {
    this.config = config;
    this.parts = parts;
  }

  @Override
  public void open(OpenContext context) {
    opening = parts.opening();
    rules = new RulesInForce(config.rules());
    relations = new Relations(parts.detectors(), new TemplateWording());
    store = new KeyedRelations(getRuntimeContext());
    present = getRuntimeContext().getMapState(PRESENT);
    EvaluationSettings settings = EvaluationSettings.DEFAULT;
    // What came during a stop has to be read before anything is missed.
    settledAt = parts.clock().instant().plus(settings.settle()).plus(settings.unheard());
    held = new Counters(getRuntimeContext().getMetricGroup(), "tocsin_alerting_held", "reason");
  }

  @Override
  public void close() {
    if (opening != null) {
      opening.close();
    }
  }

  @Override
  public void processElement(RelationInput input, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    rules.restore(context.getBroadcastState(RulesInForce.STATE));
    graph(context.getBroadcastState(GRAPH).immutableEntries());
    Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
    if (input.fact() != null) {
      Rule rule = rules.byName(input.fact().rule());
      if (rule != null) {
        present(rule);
        tell(relations.onFact(rule, input.fact(), graph, now, store.of(rule.name())), out);
        look(context);
      }
      return;
    }
    step(input.alert(), out);
  }

  /**
   * An alert may be a step of a sequence, that of a difference too; that of a sequence is not, or
   * two could wait for each other for ever.
   */
  private void step(Alert alert, Collector<Alert> out) {
    Rule by = rules.byName(alert.getRule());
    if (by != null && by.derivation() instanceof Derivation.Sequence) {
      return;
    }
    for (Rule rule : rules.set().sequencesOf(alert.getRule())) {
      present(rule);
      tell(relations.onAlert(rule, alert, graph, store.of(rule.name())), out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    rules.restore(context.getBroadcastState(RulesInForce.STATE));
    graph(context.getBroadcastState(GRAPH).immutableEntries());
    Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
    lookAt = 0;
    boolean again = false;
    for (Rule rule : rules.set().differences()) {
      if (!now.isBefore(settledAt)) {
        tell(relations.onTimer(rule, now, store.of(rule.name())), out);
      }
      again |= relations.nextTimer(store.of(rule.name())) != null;
    }
    if (again) {
      look(context);
    }
  }

  /**
   * Looks for silence at the next round time. To ask after each figure when exactly would be to go
   * through all calls each time.
   */
  private void look(ReadOnlyContext context) {
    long now = context.currentProcessingTime();
    if (lookAt <= now) {
      lookAt = (now / LOOK_EVERY_MS + 1) * LOOK_EVERY_MS;
      context.timerService().registerProcessingTimeTimer(lookAt);
    }
  }

  @Override
  public void processBroadcastElement(RawRecord raw, Context context, Collector<Alert> out)
      throws Exception {
    rules.restore(context.getBroadcastState(RulesInForce.STATE));
    graph(context.getBroadcastState(GRAPH).immutableEntries());
    RecordOpening.Opened opened = opening.open(raw);
    if (opened instanceof RecordOpening.Opened.Refused) {
      return; // told where it is judged
    }
    Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
    Object value = opened instanceof RecordOpening.Opened.Value good ? good.value() : null;
    if (raw.topic().equals(Topics.RESOURCES.name())) {
      resource(raw.key(), (Resource) value, now, context, out);
    } else {
      RulesInForce.Taken taken =
          rules.take(raw.key(), (RuleText) value, context.getBroadcastState(RulesInForce.STATE));
      if (taken.isChange()) {
        each(
            context,
            () -> tell(relations.onRule(rules.byName(raw.key()), now, store.of(raw.key())), out));
      }
    }
  }

  private void resource(
      String id, Resource resource, Instant now, Context context, Collector<Alert> out)
      throws Exception {
    if (resource != null) {
      context.getBroadcastState(GRAPH).put(id, resource);
      graph.put(resource);
      return;
    }
    context.getBroadcastState(GRAPH).remove(id);
    graph.remove(id);
    each(
        context,
        () -> {
          for (Rule rule : new ArrayList<>(rules.set().differences())) {
            tell(relations.onResourceGone(rule, id, now, store.of(rule.name())), out);
          }
        });
  }

  private static void each(Context context, Runnable work) throws Exception {
    context.applyToKeyedState(PRESENT, (key, state) -> work.run());
  }

  /** State by which a change of rules finds the key again. */
  private void present(Rule rule) {
    try {
      present.put(rule.name(), true);
    } catch (Exception broken) {
      throw new FlinkRuntimeException("state cannot be written", broken);
    }
  }

  private void graph(Iterable<Map.Entry<String, Resource>> inventory) {
    if (graph == null) {
      graph = new Graph();
      inventory.forEach(entry -> graph.put(entry.getValue()));
    }
  }

  private void tell(List<Outcome> outcomes, Collector<Alert> out) {
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Changed changed) {
        out.collect(changed.alert());
        step(changed.alert(), out);
      } else if (outcome instanceof Outcome.Held heldBack) {
        held.count(heldBack.reason().tag());
      }
    }
  }
}
