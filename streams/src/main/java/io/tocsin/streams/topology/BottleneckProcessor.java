package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.streams.bottleneck.Detector;
import io.tocsin.streams.bottleneck.Episodes;
import io.tocsin.streams.window.Observation;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Wires {@link Detector} to its store and sink. */
final class BottleneckProcessor implements Processor<String, Observation, String, Bottleneck> {

  private final Detector detector;
  private final MeterRegistry meters;
  private ProcessorContext<String, Bottleneck> context;
  private KeyValueStore<String, Episodes> store;

  /** What the store has: few rows, and asking RocksDB for one that is not there is not free. */
  private final Map<String, Episodes> underWay = new HashMap<>();

  BottleneckProcessor(Detector detector, MeterRegistry meters) {
    this.detector = detector;
    this.meters = meters;
  }

  @Override
  public void init(ProcessorContext<String, Bottleneck> initial) {
    context = initial;
    store = context.getStateStore(BottleneckTopology.STORE);
    try (KeyValueIterator<String, Episodes> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, Episodes> row = all.next();
        // Bytes of another version of the program are no episodes.
        if (row.value != null) {
          underWay.put(row.key, row.value);
        }
      }
    }
  }

  @Override
  public void process(Record<String, Observation> record) {
    Episodes stored = underWay.get(record.key());
    Episodes before = stored == null ? Episodes.NONE : stored;
    Detector.Findings findings = findings(record.value(), before);
    if (findings.episodes().isEmpty()) {
      // Most resources are well, and have no row: nothing is written for them.
      if (stored != null) {
        store.delete(record.key());
        underWay.remove(record.key());
      }
    } else {
      underWay.put(record.key(), findings.episodes());
      if (!findings.bottlenecks().isEmpty() || findings.episodes().isNewsTo(before)) {
        store.put(record.key(), findings.episodes());
      }
    }
    for (Bottleneck bottleneck : findings.bottlenecks()) {
      meters
          .counter(
              "tocsin.streams.bottlenecks",
              "kind",
              bottleneck.getKind().name().toLowerCase(Locale.ROOT))
          .increment();
      context.forward(record.withValue(bottleneck));
    }
  }

  private Detector.Findings findings(Observation observation, Episodes before) {
    return observation instanceof Observation.Measured measured
        ? detector.observe(measured.subject(), measured.interval(), before)
        : detector.forget(observation.subject(), before);
  }
}
