package io.tocsin.server.pipeline;

import java.util.List;

/** What knows how much the stages have still to read. */
@FunctionalInterface
public interface LagSource {

  /**
   * By group and topic, in that order.
   *
   * @throws LagUnknownException if the broker does not say, in a line for people
   */
  List<PipelineView.Lag> lag() throws LagUnknownException;
}
