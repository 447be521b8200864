package io.tocsin.streams.topology;

import io.tocsin.schemas.RefusedCount;
import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts refusals by reason and agent in a store, and puts them on the topic each 10 s if there are
 * any. While nothing is refused it does nothing.
 */
final class RefusalProcessor implements Processor<String, Refused, String, RefusedCount> {

  /** Names of agents come from outside; what is beyond that many counts under {@link #OTHERS}. */
  static final int MOST = 1_000;

  /** No agent has such a name. */
  static final String OTHERS = "(others)";

  private static final Duration TICK = Duration.ofSeconds(10);

  private final String topology;
  private ProcessorContext<String, RefusedCount> context;
  private KeyValueStore<String, Tally> store;

  /** Keys of the store, so that it is not looked through each 10 s for nothing. */
  private Set<String> counted;

  RefusalProcessor(String topology) {
    this.topology = topology;
  }

  @Override
  public void init(ProcessorContext<String, RefusedCount> initial) {
    context = initial;
    store = context.getStateStore(RefusalTopology.store(topology));
    counted = new TreeSet<>();
    try (KeyValueIterator<String, Tally> tallies = store.all()) {
      tallies.forEachRemaining(tally -> counted.add(tally.key));
    }
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::send);
  }

  @Override
  public void process(Record<String, Refused> record) {
    Refused refused = record.value();
    String key = key(refused.reason(), refused.agent());
    if (!counted.contains(key) && counted.size() >= MOST) {
      key = key(refused.reason(), OTHERS);
    }
    Tally before = store.get(key);
    if (before == null) {
      before = new Tally(0, "", "", context.currentSystemTimeMs());
    }
    store.put(key, before.with(refused, Place.of(context)));
    counted.add(key);
  }

  private void send(long wall) {
    for (String key : counted) {
      Tally tally = store.get(key);
      if (tally == null) {
        continue;
      }
      int space = key.indexOf(' ');
      RefusedCount count =
          RefusedCount.newBuilder()
              .setTopology(topology)
              .setReason(key.substring(0, space))
              .setAgent(key.substring(space + 1))
              .setCount(tally.count())
              .setLastResourceId(tally.lastResourceId())
              .setLastAt(tally.lastAt())
              .setFrom(Instant.ofEpochMilli(tally.from()))
              .setTo(Instant.ofEpochMilli(wall))
              .build();
      context.forward(new Record<>(Topics.REFUSALS.keyOf(count), count, wall));
      store.delete(key);
    }
    counted.clear();
  }

  /** A reason has no space in it, an agent's name may have. */
  private static String key(String reason, String agent) {
    return reason + ' ' + agent;
  }
}
