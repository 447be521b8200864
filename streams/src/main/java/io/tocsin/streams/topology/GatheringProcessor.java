package io.tocsin.streams.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.streams.rollup.Contribution;
import io.tocsin.streams.rollup.Gathering;
import io.tocsin.streams.rollup.RollupWindow;
import io.tocsin.streams.rollup.RunsOn;
import io.tocsin.streams.window.Part;
import java.time.Duration;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Merges the parts of a task and sends them on once a second.
 *
 * <p>A transaction may end between a part and the second's end, so what is merged in memory is also
 * in a store, as a log of the parts: writing one costs a tenth of reading, merging and writing the
 * fleet's window. When they are sent on, the log is emptied in the same transaction.
 */
final class GatheringProcessor implements Processor<String, Part, String, RollupWindow> {

  private static final Duration TICK = Duration.ofSeconds(1);

  /** So many are sent on at once, when a backlog is read; some 10 MB. */
  static final int MOST = 10_000;

  private final Counter parts;
  private final Counter hostless;
  private ProcessorContext<String, RollupWindow> context;
  private KeyValueStore<Long, Contribution> log;
  private KeyValueStore<String, String> parents;
  private Gathering gathering;

  /** Numbers of the first part in the log, and of the next one. */
  private long first;

  private long next;

  GatheringProcessor(MeterRegistry meters) {
    parts = meters.counter("tocsin.streams.rollup.parts");
    hostless =
        Counter.builder("tocsin.streams.rollup.hostless")
            .description("parts of VMs and containers that no host in the inventory is known of")
            .register(meters);
  }

  @Override
  public void init(ProcessorContext<String, RollupWindow> initial) {
    context = initial;
    log = context.getStateStore(RollupTopology.LOCAL_STORE);
    parents = context.getStateStore(InventoryTopology.STORE);
    gathering = new Gathering();
    first = -1;
    next = 0;
    try (KeyValueIterator<Long, Contribution> left = log.all()) {
      while (left.hasNext()) {
        KeyValue<Long, Contribution> part = left.next();
        first = first < 0 ? part.key : first;
        next = part.key + 1;
        if (part.value != null) {
          gathering.add(part.value);
        }
      }
    }
    first = Math.max(0, first);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::send);
  }

  @Override
  public void process(Record<String, Part> record) {
    Part part = record.value();
    String host = RunsOn.host(part.subject().resourceId(), parents::get).orElse(null);
    if (host == null && part.subject().kind() != ResourceKind.HOST) {
      hostless.increment();
    }
    Contribution contribution = Contribution.of(part, host);
    log.put(next++, contribution);
    gathering.add(contribution);
    parts.increment();
    if (next - first >= MOST) {
      send(context.currentSystemTimeMs());
    }
  }

  private void send(long wall) {
    // Under wall time: the topic's retention must not take parts of an agent's spool for old ones.
    gathering.drain(
        (group, window) ->
            context.forward(new Record<>(group, window, wall), RollupTopology.PARTS));
    while (first < next) {
      log.delete(first++);
    }
  }
}
