package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.topology.Residents.Resident;
import io.tocsin.streams.window.Observation;
import io.tocsin.streams.window.Outcome;
import io.tocsin.streams.window.Part;
import io.tocsin.streams.window.ResourceState;
import io.tocsin.streams.window.SilenceClock;
import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Wires {@link ResourceState} to its store: one pass over a sample makes its windows, its
 * throughput, what roll-ups get and the interval that bottlenecks are looked for in.
 *
 * <p>Samples bring their own event time; silence and forgetting go by the wall clock ({@link
 * SilenceClock}).
 */
final class EfficiencyProcessor implements Processor<String, Sample, String, Object> {

  private static final Duration TICK = Duration.ofSeconds(1);

  /** Measured: a state of a resource with one sample a second, one disk and one link. */
  private static final long STATE_BYTES = 8 << 10;

  /** States at hand may take that share of the heap, in each of the tasks that usually share it. */
  private static final long HEAP_SHARE = 16;

  private static final int LEAST_AT_HAND = 500;

  private final WindowSettings settings;
  private final Backlog backlog;
  private final EfficiencyMeters meters;
  private ProcessorContext<String, Object> context;
  private Residents residents;
  private Refusals refusals;
  private SilenceClock silence;

  EfficiencyProcessor(WindowSettings settings, Backlog backlog, MeterRegistry meters) {
    this.settings = settings;
    this.backlog = backlog;
    this.meters = new EfficiencyMeters(meters);
  }

  @Override
  public void init(ProcessorContext<String, Object> initial) {
    context = initial;
    refusals = new Refusals(context, EfficiencyTopology.EFFICIENCY);
    silence = new SilenceClock(context.currentSystemTimeMs());
    long atHand = Runtime.getRuntime().maxMemory() / HEAP_SHARE / STATE_BYTES;
    residents =
        new Residents(
            new ResourceStore(
                context.getStateStore(EfficiencyTopology.SNAPSHOTS),
                context.getStateStore(EfficiencyTopology.ROWS),
                settings),
            settings,
            (int) Math.max(LEAST_AT_HAND, Math.min(Integer.MAX_VALUE, atHand)));
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<String, Sample> record) {
    Sample sample = record.value();
    if (sample == null) {
      meters.refused("empty");
      refusals.count("empty", null, record.key());
      return;
    }
    String id = sample.getResourceId();
    if (!id.equals(record.key())) {
      // It may be in a partition that is not its resource's; the handler makes a dead letter of it.
      throw new MisplacedSampleException(record.key(), id);
    }
    long wall = context.currentSystemTimeMs();
    silence.read();
    Resident resident = residents.of(id);
    ResourceState state = residents.state(resident);
    Outcome outcome = state.accept(sample, record.timestamp(), wall, settings);
    if (outcome instanceof Outcome.Refused refused) {
      String reason = meters.refused(refused.reason());
      refusals.count(reason, sample.getOrigin().getAgent(), id);
      return;
    }
    meters.accepted();
    if (record.timestamp() != sample.getAt().toEpochMilli()) {
      // The extractor counted it at the time of its arrival, and cannot say so itself.
      refusals.count("skewed", sample.getOrigin().getAgent(), id);
    }
    Outcome.Accepted accepted = (Outcome.Accepted) outcome;
    residents.changed(resident, state);
    send(id, accepted);
    if (accepted.newest() != null) {
      context.forward(
          new Record<>(
              id, new Observation.Measured(state.subject(), accepted.newest()), record.timestamp()),
          BottleneckTopology.BOTTLENECK);
    }
  }

  private void tick(long wall) {
    silence.tick(wall, backlog.of(Topics.SAMPLES.name(), context.taskId().partition()));
    residents.due(silence, wall).forEach(resident -> silent(resident, wall));
  }

  private void silent(Resident resident, long wall) {
    ResourceState state = residents.state(resident);
    if (state.subject() == null) {
      residents.forget(resident);
      return;
    }
    long silentFor = silence.silence(state.arrivedAt(), wall);
    send(resident.id, state.silentUntil(state.newestAt() + silentFor, settings));
    if (silentFor < settings.forgetAfter().toMillis()) {
      residents.changed(resident, state);
      return;
    }
    residents.forget(resident);
    meters.forgotten();
    context.forward(
        new Record<>(resident.id, new Observation.Forgotten(state.subject()), state.newestAt()),
        BottleneckTopology.BOTTLENECK);
  }

  private void send(String id, Outcome.Accepted accepted) {
    accepted.unrated().forEach(meters::unrated);
    List<Window> windows = accepted.windows();
    for (int place = 0; place < windows.size(); place++) {
      Window window = windows.get(place);
      meters.window(window.getIsFinal());
      context.forward(
          new Record<>(id, window, window.getLatestAt().toEpochMilli()),
          EfficiencyTopology.WINDOWS);
    }
    List<Part> parts = accepted.parts();
    for (int place = 0; place < parts.size(); place++) {
      Part part = parts.get(place);
      context.forward(new Record<>(id, part, part.latestAt()), RollupTopology.LOCAL);
    }
    List<ThroughputWindow> throughputs = accepted.throughputs();
    for (int place = 0; place < throughputs.size(); place++) {
      ThroughputWindow window = throughputs.get(place);
      context.forward(
          new Record<>(id, window, window.getLatestAt().toEpochMilli()),
          ThroughputTopology.THROUGHPUTS);
    }
  }
}
