package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import org.apache.kafka.streams.Topology;

/** All topologies of the stage in one. */
public final class StreamsTopology {

  private StreamsTopology() {}

  /**
   * The topology.
   *
   * @param clock says which samples come from the future
   * @param meters counts what is taken and what is left out
   */
  public static Topology build(
      Cluster cluster, StreamsSettings settings, Clock clock, MeterRegistry meters) {
    Topology topology = new Topology();
    EfficiencyTopology.addTo(topology, cluster, settings, clock, meters);
    BottleneckTopology.addTo(topology, cluster, settings, meters);
    PolicyTopology.addTo(topology, cluster, settings, meters);
    return topology;
  }
}
