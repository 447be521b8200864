package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.serde.Decoded;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what each resource runs on. A record that cannot be used changes nothing; it is counted and
 * named in the log, for its readers that can make dead letters do so.
 */
final class ParentsProcessor implements Processor<String, byte[], Void, Void> {

  private static final Logger LOG = LoggerFactory.getLogger(ParentsProcessor.class);

  private final Cluster cluster;
  private final MeterRegistry meters;
  private ProcessorContext<Void, Void> context;
  private KeyValueStore<String, String> parents;
  private TopicDeserializer<Resource> resources;

  ParentsProcessor(Cluster cluster, MeterRegistry meters) {
    this.cluster = cluster;
    this.meters = meters;
  }

  @Override
  public void init(ProcessorContext<Void, Void> initial) {
    context = initial;
    parents = context.getStateStore(InventoryTopology.STORE);
    resources = TopicDeserializer.guarded(Topics.RESOURCES, cluster);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.key() == null) {
      refuse("keyless", "it has no key");
      return;
    }
    byte[] key = record.key().getBytes(StandardCharsets.UTF_8);
    if (record.value() == null) {
      resources
          .againstRemoval(key, record.headers())
          .ifPresentOrElse(this::refuse, () -> parents.delete(record.key()));
      return;
    }
    // The key is held against the value below.
    Decoded<Resource> decoded = resources.openOrWait(null, record.value(), record.headers());
    if (decoded instanceof Decoded.Poison<Resource> poison) {
      refuse(poison);
      return;
    }
    Resource resource = ((Decoded.Value<Resource>) decoded).value();
    if (!resource.getId().equals(record.key())) {
      refuse("misplaced", "under key " + record.key() + " it speaks of " + resource.getId());
    } else if (resource.getParent() == null) {
      parents.delete(record.key());
    } else {
      parents.put(record.key(), resource.getParent());
    }
  }

  private void refuse(Decoded.Poison<Resource> poison) {
    refuse(poison.kind(), poison.reason());
  }

  private void refuse(String reason, String why) {
    meters.counter("tocsin.streams.inventory.refused", "reason", reason).increment();
    LOG.warn("{} is left out of the roll-ups by host: {}", Place.of(context), why);
  }

  @Override
  public void close() {
    resources.close();
  }
}
