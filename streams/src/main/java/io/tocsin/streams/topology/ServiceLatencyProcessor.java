package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.LatencyPart;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.streams.latency.Outcome;
import io.tocsin.streams.latency.ServiceFrame;
import io.tocsin.streams.latency.ServicePart;
import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Wires {@link ServiceFrame} to its store: parts in, windows of services out. */
final class ServiceLatencyProcessor implements Processor<String, LatencyPart, String, Object> {

  private static final Duration TICK = Duration.ofSeconds(1);

  /** Of one service and source that may be open at once: a day, as long as the input is kept. */
  private static final int MOST_FRAMES = 288;

  private final WindowSettings settings;
  private final LatencyMeters meters;
  private final NavigableMap<String, Watch> watches = new TreeMap<>();
  private ProcessorContext<String, Object> context;
  private Refusals refusals;
  private KeyValueStore<String, ServiceFrame> store;
  private KeyValueStore<String, Long> closed;
  private long readingSince;

  /**
   * When a stored frame has something to send, and when it is dropped, in ms of wall time.
   *
   * @param rollup whose it is
   * @param startsAt when it begins
   */
  private record Watch(String rollup, long startsAt, long dueAt, long overAt) {}

  ServiceLatencyProcessor(WindowSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.meters = new LatencyMeters(meters);
  }

  @Override
  public void init(ProcessorContext<String, Object> initial) {
    context = initial;
    refusals = new Refusals(context, LatencyTopology.SERVICES);
    store = context.getStateStore(LatencyTopology.SERVICES_STORE);
    closed = context.getStateStore(LatencyTopology.CLOSED_STORE);
    readingSince = context.currentSystemTimeMs();
    try (KeyValueIterator<String, ServiceFrame> frames = store.all()) {
      while (frames.hasNext()) {
        KeyValue<String, ServiceFrame> frame = frames.next();
        if (frame.value != null) {
          int end = frame.key.lastIndexOf('\0');
          String rollup = frame.key.substring(0, end);
          watch(rollup, Long.parseLong(frame.key.substring(end + 1)), frame.value);
        }
      }
    }
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<String, LatencyPart> record) {
    if (record.value() == null) {
      refused("empty", String.valueOf(record.key()));
      return;
    }
    Optional<ServicePart> part = ServicePart.of(record.value());
    if (part.isEmpty()) {
      refused("version", record.key());
      return;
    }
    take(part.get());
  }

  private void take(ServicePart part) {
    long wall = context.currentSystemTimeMs();
    long startsAt = ServiceFrame.startOf(part, settings);
    String rollup = part.rollup();
    ServiceFrame frame = store.get(key(rollup, startsAt));
    if (frame == null) {
      Long closedUntil = closed.get(rollup);
      if (closedUntil != null && startsAt < closedUntil) {
        refused("late_part", part.resourceId());
        return;
      }
      if (frames(rollup) >= MOST_FRAMES) {
        refused("flood_part", part.resourceId());
        return;
      }
      frame = ServiceFrame.of(part);
    } else if (frame.isOver(wall)) {
      refused("late_part", part.resourceId());
      return;
    }
    frame.take(part, wall);
    keep(rollup, startsAt, frame);
  }

  /** All that is left out passes here; whose agent it was is not known any more. */
  private void refused(String reason, String resourceId) {
    meters.refused(reason);
    refusals.count(reason, null, resourceId);
  }

  private void tick(long wall) {
    for (Watch watch : List.copyOf(watches.values())) {
      if (watch.dueAt() <= wall) {
        ServiceFrame frame = store.get(key(watch.rollup(), watch.startsAt()));
        send(frame.due(wall, readingSince, settings));
        keep(watch.rollup(), watch.startsAt(), frame);
      } else if (watch.overAt() <= wall) {
        drop(watch);
      }
    }
  }

  private void drop(Watch watch) {
    String key = key(watch.rollup(), watch.startsAt());
    store.delete(key);
    watches.remove(key);
    Long before = closed.get(watch.rollup());
    if (before == null || before <= watch.startsAt()) {
      closed.put(watch.rollup(), watch.startsAt() + 1);
    }
  }

  private void keep(String rollup, long startsAt, ServiceFrame frame) {
    store.put(key(rollup, startsAt), frame);
    watch(rollup, startsAt, frame);
  }

  private void watch(String rollup, long startsAt, ServiceFrame frame) {
    watches.put(
        key(rollup, startsAt), new Watch(rollup, startsAt, frame.nextDueAt(), frame.overAt()));
  }

  private int frames(String rollup) {
    String prefix = rollup + '\0';
    int found = 0;
    for (Watch watch : watches.tailMap(prefix).values()) {
      if (!watch.rollup().equals(rollup)) {
        break;
      }
      found++;
    }
    return found;
  }

  private static String key(String rollup, long startsAt) {
    return rollup + '\0' + startsAt;
  }

  private void send(Outcome.Accepted accepted) {
    for (LatencyWindow window : accepted.latencies()) {
      meters.window(window.getIsFinal());
      long at = window.getLatestAt().toEpochMilli();
      context.forward(
          new Record<>(window.getResourceId(), window, at), LatencyTopology.SERVICE_LATENCIES);
    }
    for (ThroughputWindow window : accepted.throughputs()) {
      long at = window.getLatestAt().toEpochMilli();
      context.forward(
          new Record<>(window.getResourceId(), window, at), LatencyTopology.SERVICE_REQUESTS);
    }
  }
}
