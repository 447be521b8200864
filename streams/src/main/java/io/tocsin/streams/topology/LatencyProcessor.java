package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.latency.Input;
import io.tocsin.streams.latency.LatencyState;
import io.tocsin.streams.latency.Measurements;
import io.tocsin.streams.latency.Outcome;
import io.tocsin.streams.latency.Probes;
import io.tocsin.streams.latency.Series;
import io.tocsin.streams.latency.ServicePart;
import io.tocsin.streams.window.SilenceClock;
import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Wires {@link LatencyState} to its stores: windows go to the sinks, parts to whoever gathers them
 * for the services.
 *
 * <p>Records bring their own event time; silence, and when an open window is told of, go by the
 * wall clock. An application's figures come as one record for each series: told of once a second,
 * an update has all of them.
 */
final class LatencyProcessor implements Processor<String, SpecificRecord, String, Object> {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final WindowSettings settings;
  private final Backlog backlog;
  private final LatencyMeters meters;
  private final Map<String, LatencyWatch> watches = new TreeMap<>();
  private ProcessorContext<String, Object> context;
  private Refusals refusals;
  private KeyValueStore<String, LatencyState> store;
  private KeyValueStore<String, Series> series;
  private SilenceClock silence;

  LatencyProcessor(WindowSettings settings, Backlog backlog, MeterRegistry meters) {
    this.settings = settings;
    this.backlog = backlog;
    this.meters = new LatencyMeters(meters);
  }

  @Override
  public void init(ProcessorContext<String, Object> initial) {
    context = initial;
    store = context.getStateStore(LatencyTopology.STORE);
    series = context.getStateStore(LatencyTopology.SERIES_STORE);
    refusals = new Refusals(context, LatencyTopology.LATENCY);
    silence = new SilenceClock(context.currentSystemTimeMs());
    try (KeyValueIterator<String, LatencyState> states = store.all()) {
      while (states.hasNext()) {
        KeyValue<String, LatencyState> state = states.next();
        if (state.value != null) {
          watch(state.key, state.value);
        }
      }
    }
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    if (record.value() instanceof Probe probe) {
      String agent = probe.getOrigin().getAgent();
      requireKey(record.key(), probe.getResourceId());
      take(record, Probes.read(probe, record.timestamp()), agent);
    } else if (record.value() instanceof Measurement measurement) {
      String agent = measurement.getOrigin().getAgent();
      requireKey(record.key(), measurement.getResourceId());
      take(record, Measurements.read(measurement, record.timestamp()), agent);
    } else {
      refused("empty", "", String.valueOf(record.key()));
    }
  }

  private static void requireKey(String key, String id) {
    if (!id.equals(key)) {
      // It may be in a partition that is not its resource's; the handler makes a dead letter of it.
      throw new MisplacedSampleException(key, id);
    }
  }

  private void take(Record<String, SpecificRecord> record, Input input, String agent) {
    long wall = context.currentSystemTimeMs();
    String id = record.key();
    silence.read();
    if (input instanceof Input.Refused refused) {
      refused(refused.reason().reason(), agent, id);
      return;
    }
    if (!(input instanceof Input.Taken taken)) {
      return;
    }
    LatencyState stored = store.get(id);
    LatencyState state = stored == null ? LatencyState.unknown() : stored;
    Outcome outcome = state.accept(taken, wall, new StoredSeries(series, id), settings);
    if (outcome instanceof Outcome.Refused refused) {
      refused(refused.reason().reason(), agent, id);
      return;
    }
    meters.accepted();
    store.put(id, state);
    watch(id, state).news();
    send(id, (Outcome.Accepted) outcome);
  }

  /** All that is left out passes here. */
  private void refused(String reason, String agent, String resourceId) {
    meters.refused(reason);
    refusals.count(reason, agent, resourceId);
  }

  /** Records of either input that wait to be read; not known unless both are. */
  private long waiting() {
    int partition = context.taskId().partition();
    long probes = backlog.of(Topics.PROBES.name(), partition);
    long measurements = backlog.of(Topics.MEASUREMENTS.name(), partition);
    return probes < 0 || measurements < 0 ? Backlog.UNKNOWN : probes + measurements;
  }

  private void tick(long wall) {
    silence.tick(wall, waiting());
    for (String id : List.copyOf(watches.keySet())) {
      LatencyWatch watch = watches.get(id);
      if (silence.silence(watch.arrivedAt(), wall) >= watch.silentFor()) {
        silent(id, wall);
      }
      if (watch.isAnyDue(wall)) {
        update(id, watch, wall);
      }
    }
  }

  private void silent(String id, long wall) {
    LatencyState state = store.get(id);
    if (state == null) {
      watches.remove(id);
      return;
    }
    StoredSeries kept = new StoredSeries(series, id);
    long silentFor = silence.silence(state.arrivedAt(), wall);
    send(id, state.silentUntil(state.newestAt() + silentFor, kept, settings));
    if (silentFor < settings.forgetAfter().toMillis()) {
      store.put(id, state);
      watch(id, state);
      return;
    }
    kept.all().keySet().forEach(kept::remove);
    store.delete(id);
    watches.remove(id);
    meters.forgotten();
  }

  private void update(String id, LatencyWatch watch, long wall) {
    LatencyState state = store.get(id);
    if (state == null) {
      return;
    }
    StoredSeries kept = new StoredSeries(series, id);
    send(id, state.updates(kept, settings, sizeMs -> watch.isDue(sizeMs, wall)));
    watch.told(wall);
  }

  private LatencyWatch watch(String id, LatencyState state) {
    long silentFor = settings.forgetAfter().toMillis();
    OptionalLong end = state.nextEnd(settings);
    if (end.isPresent()) {
      long wait = settings.grace().plus(settings.silence()).toMillis();
      silentFor = Math.min(silentFor, end.getAsLong() - state.newestAt() + wait);
    }
    LatencyWatch watch = watches.computeIfAbsent(id, key -> new LatencyWatch(settings));
    watch.expect(state.arrivedAt(), silentFor);
    return watch;
  }

  private void send(String id, Outcome.Accepted accepted) {
    accepted.unrated().forEach(meters::unrated);
    for (LatencyWindow window : accepted.latencies()) {
      meters.window(window.getIsFinal());
      long at = window.getLatestAt().toEpochMilli();
      context.forward(new Record<>(id, window, at), LatencyTopology.LATENCIES);
    }
    for (ThroughputWindow window : accepted.throughputs()) {
      long at = window.getLatestAt().toEpochMilli();
      context.forward(new Record<>(id, window, at), LatencyTopology.REQUESTS);
    }
    for (ServicePart part : accepted.parts()) {
      long now = context.currentSystemTimeMs();
      context.forward(new Record<>(part.resourceId(), part, now), LatencyTopology.PARTS);
    }
  }
}
