package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.ShadowComparison;
import io.tocsin.alerting.evaluate.ShadowState;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.ShadowReport;
import io.tocsin.schemas.topic.Topics;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/** Compares shadow rules with the live ones beside them, and tells when a difference is known. */
final class ShadowFunction
    extends KeyedBroadcastProcessFunction<Integer, Alert, RawRecord, ShadowReport> {

  private static final long serialVersionUID = 1L;

  private static final MapStateDescriptor<String, ShadowState> COMPARISONS =
      new MapStateDescriptor<>("shadows", Types.STRING, TypeInformation.of(ShadowState.class));

  private final AlertingConfig config;
  private final JobParts parts;

  private transient RecordOpening opening;
  private transient RulesInForce rules;
  private transient MapState<String, ShadowState> comparisons;

  ShadowFunction(AlertingConfig config, JobParts parts) {
    this.config = config;
    this.parts = parts;
  }

  @Override
  public void open(OpenContext context) {
    opening = parts.opening();
    rules = new RulesInForce(config.rules());
    comparisons = getRuntimeContext().getMapState(COMPARISONS);
  }

  @Override
  public void close() {
    if (opening != null) {
      opening.close();
    }
  }

  @Override
  public void processElement(Alert alert, ReadOnlyContext context, Collector<ShadowReport> out)
      throws Exception {
    rules.restore(context.getBroadcastState(RulesInForce.STATE));
    for (Rule rule : rules.shadows()) {
      ShadowState was = comparisons.get(rule.name());
      ShadowState is = ShadowComparison.onAlert(rule, alert, was);
      if (is != null && !is.equals(was)) {
        comparisons.put(rule.name(), is);
        if (was == null || isNews(was, is)) {
          out.collect(is.report(Instant.ofEpochMilli(context.currentProcessingTime())));
        }
      }
    }
  }

  private static boolean isNews(ShadowState was, ShadowState is) {
    return was.both() != is.both()
        || was.onlyLive() != is.onlyLive()
        || was.onlyShadow() != is.onlyShadow()
        || !was.version().equals(is.version());
  }

  @Override
  public void processBroadcastElement(RawRecord raw, Context context, Collector<ShadowReport> out)
      throws Exception {
    rules.restore(context.getBroadcastState(RulesInForce.STATE));
    if (!raw.topic().equals(Topics.RULES.name())) {
      return;
    }
    RecordOpening.Opened opened = opening.open(raw);
    if (opened instanceof RecordOpening.Opened.Value value) {
      rules.take(
          raw.key(), (RuleText) value.value(), context.getBroadcastState(RulesInForce.STATE));
    } else if (opened instanceof RecordOpening.Opened.Removed) {
      rules.take(raw.key(), null, context.getBroadcastState(RulesInForce.STATE));
      context.applyToKeyedState(COMPARISONS, (key, state) -> state.remove(raw.key()));
    }
  }
}
