package io.tocsin.streams.topology;

import java.util.List;

/**
 * How an instance stands.
 *
 * @param running whether records are being processed
 * @param state Kafka Streams' word for it
 * @param active tasks that it processes, as {@code subtopology_partition}
 * @param standby tasks whose state it keeps warm
 * @param lag records of its input partitions that are still to be read; -1 if not known yet
 */
public record InstanceState(
    boolean running, String state, List<String> active, List<String> standby, long lag) {

  public InstanceState {
    active = List.copyOf(active);
    standby = List.copyOf(standby);
  }
}
