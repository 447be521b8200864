package io.tocsin.alerting.job;

import io.tocsin.alerting.external.ExternalAlerts;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.ExternalAlert;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Alerts that other systems send, keyed by their id. Such a system says again and again that an
 * alert fires and until when that holds; here it fires once, and clears when its end has come
 * without a later one being named, or when it is said to have ended.
 */
final class ExternalAlertFunction extends KeyedProcessFunction<String, RawRecord, Alert> {

  private static final long serialVersionUID = 1L;

  private final JobParts parts;

  private transient RecordOpening opening;

  /** The newest word of an alert that fires. */
  private transient ValueState<ExternalAlert> firing;

  ExternalAlertFunction(JobParts parts) {
    this.parts = parts;
  }

  @Override
  public void open(OpenContext context) {
    opening = parts.opening();
    firing =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("firing", new AvroTypeInfo<>(ExternalAlert.class)));
  }

  @Override
  public void close() {
    if (opening != null) {
      opening.close();
    }
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<Alert> out)
      throws Exception {
    RecordOpening.Opened opened = opening.open(raw);
    if (opened instanceof RecordOpening.Opened.Refused refused) {
      context.output(Outputs.DEAD_LETTERS, refused.letter());
    } else if (opened instanceof RecordOpening.Opened.Value value) {
      take((ExternalAlert) value.value(), context, out);
    }
  }

  private void take(ExternalAlert alert, Context context, Collector<Alert> out) throws Exception {
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    ExternalAlert before = firing.value();
    if (!alert.getEndsAt().isAfter(now)) {
      if (before != null) {
        clear(before, alert.getEndsAt(), out);
      }
      return;
    }
    // Alertmanager's own rule: what overlaps goes on. Senders that name no beginning name a new one
    // each time.
    ExternalAlert known =
        before == null
            ? alert
            : ExternalAlert.newBuilder(alert).setStartsAt(before.getStartsAt()).build();
    firing.update(known);
    context.timerService().registerProcessingTimeTimer(known.getEndsAt().toEpochMilli());
    if (before == null) {
      out.collect(ExternalAlerts.of(known, AlertState.FIRING, known.getStartsAt()));
    } else if (!before.getAnnotations().equals(known.getAnnotations())) {
      out.collect(ExternalAlerts.of(known, AlertState.FIRING, known.getReceivedAt()));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    ExternalAlert known = firing.value();
    // A later end may have been named since the timer was set.
    if (known != null && known.getEndsAt().toEpochMilli() <= timestamp) {
      clear(known, known.getEndsAt(), out);
    }
  }

  private void clear(ExternalAlert alert, Instant end, Collector<Alert> out) {
    Instant at = end.isBefore(alert.getStartsAt()) ? alert.getStartsAt() : end;
    out.collect(ExternalAlerts.of(alert, AlertState.CLEARED, at));
    firing.clear();
  }
}
