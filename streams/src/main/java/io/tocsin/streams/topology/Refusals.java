package io.tocsin.streams.topology;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What a processor calls for each record that it leaves out, so that it is counted on the topic of
 * refusals. Its topology has the nodes of {@link RefusalTopology} below the processor's.
 */
final class Refusals {

  private final ProcessorContext<String, Object> context;
  private final String node;

  /**
   * For one processor; to be made in its {@code init}.
   *
   * @param topology the name given to {@link RefusalTopology#addTo}
   */
  Refusals(ProcessorContext<String, Object> context, String topology) {
    this.context = context;
    this.node = RefusalTopology.node(topology);
  }

  /** Counts the record at hand. Agent and resource may be null where the record does not say. */
  void count(String reason, String agent, String resourceId) {
    count(reason, agent, resourceId, 1);
  }

  /** Counts as many as the record at hand stands for. */
  void count(String reason, String agent, String resourceId, long count) {
    context.forward(
        new Record<>(
            resourceId,
            new Refused(reason, orEmpty(agent), orEmpty(resourceId), count),
            context.currentSystemTimeMs()),
        node);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
