package io.tocsin.alerting.job;

import io.tocsin.alerting.healing.signature.PlanSigner;
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
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.FlinkRuntimeException;
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
  private final JobParts parts;

  private transient Shelf shelf;
  private transient IncidentBook book;
  private transient RecordOpening opening;

  /** Null where plans are not signed. */
  private transient PlanSigner signer;

  /** Where commands stand in their topic that wait for their incident, by id. */
  private transient MapState<String, RawRecord> waiting;

  private transient Counters held;
  private transient Instant startedAt;
  private transient Instant timer;

  IncidentBookFunction(AlertingConfig config, JobParts parts) {
    this.config = config;
    this.parts = parts;
  }

  @Override
  public void open(OpenContext context) {
    shelf = shelf(getRuntimeContext());
    opening = parts.opening();
    signer = signer();
    waiting =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "early-command-records", Types.STRING, TypeInformation.of(RawRecord.class)));
    startedAt = parts.clock().instant();
    held =
        new Counters(getRuntimeContext().getMetricGroup(), "tocsin_alerting_inputs_held", "reason");
  }

  @Override
  public void close() {
    if (opening != null) {
      opening.close();
    }
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
  public void processElement(BookInput input, Context context, Collector<Incident> out)
      throws Exception {
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    IncidentBook open = book();
    if (input.alert() != null) {
      apply(open.onAlert(config.withActions(input.alert()), now), context, out);
    } else if (input.command() != null) {
      command(input, open.onCommand(input.command(), now), context, out);
    } else if (input.result() != null) {
      apply(open.onHealResult(input.result(), now), context, out);
    } else {
      apply(open.onResource(input.resourceId(), input.resource(), now), context, out);
    }
  }

  private void command(
      BookInput input, Decisions decisions, Context context, Collector<Incident> out)
      throws Exception {
    String id = input.command().getId();
    if (!decisions.held().contains(HeldReason.REPEATED_COMMAND)) {
      waiting.put(id, input.raw());
    }
    apply(decisions, context, out);
    if (!decisions.held().contains(HeldReason.AHEAD_OF_ITS_INCIDENT)) {
      waiting.remove(id);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Incident> out)
      throws Exception {
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    IncidentBook open = book();
    timer = null;
    apply(open.onTime(now), context, out);
    if (!now.isBefore(startedAt.plus(settings().settle()))) {
      waiting.clear(); // none waits for longer
    }
  }

  /** State can only be read once there is a key, so the book is opened by what comes first. */
  private IncidentBook book() {
    if (book == null) {
      book = new IncidentBook(shelf, settings(), config.healPolicies(), startedAt);
    }
    return book;
  }

  private HealPlan signed(HealPlan plan) {
    return signer == null ? plan : signer.sign(plan);
  }

  /**
   * A key that is named and cannot be read stops the job: plans without signature would be left
   * alone by every responder, and nobody would know why.
   */
  private PlanSigner signer() {
    if (config.signingKey() == null) {
      return null;
    }
    try {
      return PlanSigner.ofFile(Path.of(config.signingKey()));
    } catch (IOException unreadable) {
      throw new FlinkRuntimeException(
          "heal plans cannot be signed: " + unreadable.getMessage(), unreadable);
    }
  }

  private Settings settings() {
    return Settings.DEFAULT.healingFirst(config.healingFirst());
  }

  private void apply(Decisions decisions, Context context, Collector<Incident> out)
      throws Exception {
    decisions.incidents().forEach(out::collect);
    decisions.events().forEach(event -> context.output(Outputs.EVENTS, event));
    decisions.notifications().forEach(each -> context.output(Outputs.NOTIFICATIONS, each));
    decisions.plans().forEach(plan -> context.output(Outputs.PLANS, signed(plan)));
    decisions.silences().forEach(silence -> context.output(Outputs.SILENCES, silence));
    for (HeldReason reason : decisions.held()) {
      held.count(reason.tag());
    }
    for (Refusal refusal : decisions.refusals()) {
      refuse(refusal, context);
    }
    oneTimer(book.nextTimer().map(IncidentBookFunction::wholeMillis).orElse(null), context);
  }

  private void refuse(Refusal refusal, Context context) throws Exception {
    String id = refusal.command().getId();
    LOG.warn("command {} was refused: {}", id, refusal.reason());
    held.count("refused_command");
    RawRecord raw = waiting.get(id);
    if (raw != null) {
      context.output(Outputs.DEAD_LETTERS, opening.refuse(raw, refusal.reason()).letter());
      waiting.remove(id);
    }
  }

  /** Flink's timers know no less; a timer that came too early would find nothing due. */
  private static Instant wholeMillis(Instant at) {
    Instant floor = at.truncatedTo(ChronoUnit.MILLIS);
    return floor.isBefore(at) ? floor.plusMillis(1) : floor;
  }

  /** Sets the timer that the book asks for, in the place of the one before it. */
  private void oneTimer(Instant wanted, Context context) {
    if (Objects.equals(timer, wanted)) {
      return;
    }
    if (timer != null) {
      context.timerService().deleteProcessingTimeTimer(timer.toEpochMilli());
    }
    timer = wanted;
    if (timer != null) {
      context.timerService().registerProcessingTimeTimer(timer.toEpochMilli());
    }
  }
}
