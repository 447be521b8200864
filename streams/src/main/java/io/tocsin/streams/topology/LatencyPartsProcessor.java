package io.tocsin.streams.topology;

import io.tocsin.schemas.LatencyPart;
import io.tocsin.streams.latency.ServicePart;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Puts the parts of one service from the resources of this task together for a second before they
 * go to the task of the service, so that what crosses the topic grows with the services, not with
 * the resources.
 */
final class LatencyPartsProcessor implements Processor<String, ServicePart, String, LatencyPart> {

  private static final Duration FLUSH = Duration.ofSeconds(1);

  private final Set<String> waiting = new TreeSet<>();
  private ProcessorContext<String, LatencyPart> context;
  private KeyValueStore<String, ServicePart> store;

  @Override
  public void init(ProcessorContext<String, LatencyPart> initial) {
    context = initial;
    store = context.getStateStore(LatencyTopology.PARTS_STORE);
    try (KeyValueIterator<String, ServicePart> parts = store.all()) {
      parts.forEachRemaining(part -> waiting.add(part.key));
    }
    context.schedule(FLUSH, PunctuationType.WALL_CLOCK_TIME, this::flush);
  }

  @Override
  public void process(Record<String, ServicePart> record) {
    ServicePart part = record.value();
    ServicePart before = store.get(part.key());
    if (before != null) {
      part.join(before);
    }
    store.put(part.key(), part);
    waiting.add(part.key());
  }

  private void flush(long wall) {
    for (String key : List.copyOf(waiting)) {
      ServicePart part = store.delete(key);
      if (part != null) {
        context.forward(new Record<>(part.resourceId(), part.toRecord(), wall));
      }
    }
    waiting.clear();
  }
}
