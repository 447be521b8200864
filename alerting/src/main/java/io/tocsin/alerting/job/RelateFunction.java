package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.Outcome;
import io.tocsin.alerting.evaluate.Relations;
import io.tocsin.alerting.evaluate.TemplateWording;
import io.tocsin.alerting.graph.Graph;
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
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

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

  /** Its keys are all one. */
  private static final MapStateDescriptor<String, Boolean> PRESENT =
      new MapStateDescriptor<>("present", Types.STRING, Types.BOOLEAN);

  private final AlertingConfig config;
  private final JobParts parts;

  private transient RecordOpening opening;
  private transient RulesInForce rules;
  private transient Relations relations;
  private transient KeyedRelations store;
  private transient Graph graph;
  private transient Counters held;

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
        timer(rule, context);
      }
      return;
    }
    for (Rule rule : rules.set().sequencesOf(input.alert().getRule())) {
      present(rule);
      List<Outcome> outcomes = relations.onAlert(rule, input.alert(), graph, store.of(rule.name()));
      tell(outcomes, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    rules.restore(context.getBroadcastState(RulesInForce.STATE));
    Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
    for (Rule rule : rules.set().differences()) {
      tell(relations.onTimer(rule, now, store.of(rule.name())), out);
      timer(rule, context);
    }
  }

  private void timer(Rule rule, ReadOnlyContext context) {
    Instant next = relations.nextTimer(store.of(rule.name()));
    if (next != null) {
      context.timerService().registerProcessingTimeTimer(next.toEpochMilli());
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
  private void present(Rule rule) throws Exception {
    getRuntimeContext().getMapState(PRESENT).put(rule.name(), true);
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
      } else if (outcome instanceof Outcome.Held heldBack) {
        held.count(heldBack.reason().tag());
      }
    }
  }
}
