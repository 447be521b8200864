package io.tocsin.streams.topology;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * What went through each resource, its links and its disks. The counters it is made of are those of
 * the efficiency windows, so both are made in one pass over a sample, in the processor of {@link
 * EfficiencyTopology}; here is where it goes.
 */
public final class ThroughputTopology {

  /** Name of the sink node. */
  public static final String THROUGHPUTS = "throughputs";

  private ThroughputTopology() {}

  /** Adds the nodes to a topology that has those of {@link EfficiencyTopology}. */
  static void addTo(Topology topology, Cluster cluster) {
    topology.addSink(
        THROUGHPUTS,
        Topics.THROUGHPUTS.name(),
        new StringSerializer(),
        PerThreadSerde.serializer(Topics.THROUGHPUTS, cluster),
        EfficiencyTopology.EFFICIENCY);
  }
}
