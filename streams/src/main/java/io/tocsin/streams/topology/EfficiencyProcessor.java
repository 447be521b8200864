package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.Window;
import io.tocsin.streams.window.Observation;
import io.tocsin.streams.window.Outcome;
import io.tocsin.streams.window.ResourceState;
import io.tocsin.streams.window.SilenceClock;
import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Wires {@link ResourceState} to its store: windows go to the sink, intervals to whoever observes
 * them.
 *
 * <p>Samples bring their own event time; silence and forgetting go by the wall clock ({@link
 * SilenceClock}).
 */
final class EfficiencyProcessor implements Processor<String, Sample, String, Object> {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final WindowSettings settings;
  private final EfficiencyMeters meters;
  private final Map<String, Watch> watches = new HashMap<>();
  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, ResourceState> store;
  private SilenceClock silence;

  /**
   * What has to be known of each resource once a second, lest all states be read as often.
   *
   * @param arrivedAt when its last sample arrived, in ms of wall time
   * @param silentFor how long it has to be silent for something to be done, in ms
   */
  private record Watch(long arrivedAt, long silentFor) {}

  EfficiencyProcessor(WindowSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.meters = new EfficiencyMeters(meters);
  }

  @Override
  public void init(ProcessorContext<String, Object> initial) {
    context = initial;
    store = context.getStateStore(EfficiencyTopology.STORE);
    silence = new SilenceClock(context.currentSystemTimeMs());
    try (KeyValueIterator<String, ResourceState> states = store.all()) {
      while (states.hasNext()) {
        KeyValue<String, ResourceState> state = states.next();
        if (state.value != null) {
          watch(state.key, state.value);
        }
      }
    }
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<String, Sample> record) {
    Sample sample = record.value();
    if (sample == null) {
      meters.refused("empty");
      return;
    }
    String id = sample.getResourceId();
    if (!id.equals(record.key())) {
      // It may be in a partition that is not its resource's; the handler makes a dead letter of it.
      throw new MisplacedSampleException(record.key(), id);
    }
    long wall = context.currentSystemTimeMs();
    silence.read(record.timestamp(), wall);
    ResourceState stored = store.get(id);
    ResourceState state = stored == null ? ResourceState.unknown() : stored;
    Outcome outcome = state.accept(sample, record.timestamp(), wall, settings);
    if (outcome instanceof Outcome.Refused refused) {
      meters.refused(refused.reason());
      return;
    }
    meters.accepted();
    Outcome.Accepted accepted = (Outcome.Accepted) outcome;
    store.put(id, state);
    watch(id, state);
    send(id, accepted);
    if (accepted.newest() != null) {
      context.forward(
          new Record<>(
              id, new Observation.Measured(state.subject(), accepted.newest()), record.timestamp()),
          BottleneckTopology.BOTTLENECK);
    }
  }

  private void tick(long wall) {
    silence.tick(wall);
    List<String> due = new ArrayList<>();
    watches.forEach(
        (id, watch) -> {
          if (silence.silence(watch.arrivedAt(), wall) >= watch.silentFor()) {
            due.add(id);
          }
        });
    due.forEach(id -> silent(id, wall));
  }

  private void silent(String id, long wall) {
    ResourceState state = store.get(id);
    if (state == null) {
      watches.remove(id);
      return;
    }
    long silentFor = silence.silence(state.arrivedAt(), wall);
    send(id, state.silentUntil(state.newestAt() + silentFor, settings));
    if (silentFor < settings.forgetAfter().toMillis()) {
      store.put(id, state);
      watch(id, state);
      return;
    }
    store.delete(id);
    watches.remove(id);
    meters.forgotten();
    context.forward(
        new Record<>(id, new Observation.Forgotten(state.subject()), state.newestAt()),
        BottleneckTopology.BOTTLENECK);
  }

  private void watch(String id, ResourceState state) {
    long silentFor = settings.forgetAfter().toMillis();
    if (state.nextEnd().isPresent()) {
      long wait = settings.grace().plus(settings.silence()).toMillis();
      silentFor = Math.min(silentFor, state.nextEnd().getAsLong() - state.newestAt() + wait);
    }
    watches.put(id, new Watch(state.arrivedAt(), silentFor));
  }

  private void send(String id, Outcome.Accepted accepted) {
    accepted.unrated().forEach(meters::unrated);
    for (Window window : accepted.windows()) {
      meters.window(window.getIsFinal());
      context.forward(
          new Record<>(id, window, window.getLatestAt().toEpochMilli()),
          EfficiencyTopology.WINDOWS);
    }
  }
}
