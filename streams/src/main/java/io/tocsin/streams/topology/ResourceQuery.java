package io.tocsin.streams.topology;

import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/**
 * How the state of one resource is read out of the stores. Names and layout of stores are known to
 * topologies alone; whoever asks goes through this.
 */
interface ResourceQuery {

  /** A store of the sub-topology that has the resources, by which the owner of a key is found. */
  String store();

  /**
   * What this instance knows of a resource.
   *
   * @param partition the resource's partition, of which this instance has the active task
   * @return empty if the resource is unknown
   * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while the store is being
   *     restored, or has just moved away
   */
  Optional<ResourceWindows> read(KafkaStreams streams, int partition, String resourceId);
}
