package io.tocsin.alerting.job;

import io.tocsin.alerting.incidents.Case;
import io.tocsin.alerting.incidents.Decisions;
import io.tocsin.alerting.incidents.HeldReason;
import io.tocsin.alerting.incidents.IncidentBook;
import io.tocsin.alerting.incidents.Member;
import io.tocsin.alerting.incidents.Refusal;
import io.tocsin.alerting.incidents.SeenCommand;
import io.tocsin.alerting.incidents.Settings;
import io.tocsin.alerting.incidents.Shelf;
import io.tocsin.alerting.incidents.SilenceEntry;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Resource;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link IncidentBook} of the whole fleet, keyed by a constant: alerts are few, and what
 * causes what can only be told where all of them are known. Incidents come out of the main output,
 * all else to the side.
 */
final class IncidentBookFunction extends KeyedProcessFunction<Integer, BookInput, Incident> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(IncidentBookFunction.class);

  private final AlertingConfig config;

  private transient Shelf shelf;
  private transient IncidentBook book;
  private transient Counters held;
  private transient Instant timer;

  IncidentBookFunction(AlertingConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    shelf = shelf(getRuntimeContext());
    held =
        new Counters(getRuntimeContext().getMetricGroup(), "tocsin_alerting_inputs_held", "reason");
  }

  private static Shelf shelf(RuntimeContext context) {
    return new Shelf(
        table(context, "cases", Case.class),
        table(context, "members", Member.class),
        table(context, "silences", SilenceEntry.class),
        table(context, "commands", SeenCommand.class),
        new KeyedTable<>(context, "resources", new AvroTypeInfo<>(Resource.class)),
        new KeyedTable<>(context, "early-results", new AvroTypeInfo<>(HealResult.class)),
        new KeyedTable<>(context, "early-commands", new AvroTypeInfo<>(Command.class)));
  }

  private static <V> KeyedTable<V> table(RuntimeContext context, String name, Class<V> type) {
    return new KeyedTable<>(context, name, TypeInformation.of(type));
  }

  @Override
  public void processElement(BookInput input, Context context, Collector<Incident> out) {
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    IncidentBook open = book(now);
    if (input.alert() != null) {
      apply(open.onAlert(config.withActions(input.alert()), now), context, out);
    } else if (input.command() != null) {
      apply(open.onCommand(input.command(), now), context, out);
    } else if (input.result() != null) {
      apply(open.onHealResult(input.result(), now), context, out);
    } else {
      apply(open.onResource(input.resourceId(), input.resource(), now), context, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Incident> out) {
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    IncidentBook open = book(now);
    timer = null;
    apply(open.onTime(now), context, out);
  }

  /** State can only be read once there is a key, so the book is opened by what comes first. */
  private IncidentBook book(Instant now) {
    if (book == null) {
      book = new IncidentBook(shelf, Settings.DEFAULT, config.healPolicies(), now);
    }
    return book;
  }

  private void apply(Decisions decisions, Context context, Collector<Incident> out) {
    decisions.incidents().forEach(out::collect);
    decisions.events().forEach(event -> context.output(Outputs.EVENTS, event));
    decisions.notifications().forEach(each -> context.output(Outputs.NOTIFICATIONS, each));
    decisions.plans().forEach(plan -> context.output(Outputs.PLANS, plan));
    decisions.silences().forEach(silence -> context.output(Outputs.SILENCES, silence));
    for (HeldReason reason : decisions.held()) {
      held.count(reason.tag());
    }
    for (Refusal refusal : decisions.refusals()) {
      LOG.warn("command {} was refused: {}", refusal.command().getId(), refusal.reason());
      held.count("refused_command");
    }
    book.nextTimer().ifPresent(at -> timer(at, context));
  }

  private void timer(Instant at, Context context) {
    if (timer != null && !at.isBefore(timer)) {
      return; // it is called then, and asks again
    }
    timer = at;
    context.timerService().registerProcessingTimeTimer(at.toEpochMilli());
  }
}
