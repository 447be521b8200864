package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.streams.rollup.RollupSettings;
import java.time.Clock;
import org.apache.kafka.streams.Topology;

/** All topologies of the stage in one. */
public final class StreamsTopology {

  private StreamsTopology() {}

  /**
   * The topology.
   *
   * @param backlog tells silence from samples that wait to be read
   * @param clock says which samples come from the future, where the broker does not
   * @param meters counts what is taken and what is left out
   */
  static Topology build(
      Cluster cluster,
      StreamsSettings settings,
      Backlog backlog,
      Clock clock,
      MeterRegistry meters) {
    Topology topology = new Topology();
    EfficiencyTopology.addTo(topology, cluster, settings, backlog, clock, meters);
    ThroughputTopology.addTo(topology, cluster);
    BottleneckTopology.addTo(topology, cluster, settings, meters);
    LatencyTopology.addTo(topology, cluster, settings, backlog, clock, meters);
    InventoryTopology.addTo(topology, cluster, meters);
    RollupTopology.addTo(
        topology,
        cluster,
        RollupSettings.of(settings.windows()),
        meters,
        EfficiencyTopology.EFFICIENCY);
    RefusalTopology.addTo(
        topology, cluster, EfficiencyTopology.EFFICIENCY, EfficiencyTopology.EFFICIENCY);
    RefusalTopology.addTo(topology, cluster, LatencyTopology.LATENCY, LatencyTopology.LATENCY);
    RefusalTopology.addTo(topology, cluster, LatencyTopology.SERVICES, LatencyTopology.SERVICES);
    PolicyTopology.addTo(topology, cluster, settings, meters);
    return topology;
  }
}
