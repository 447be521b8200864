package io.tocsin.streams.latency;

import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ThroughputWindow;
import java.util.List;

/** What a reading, or silence, led to. */
public sealed interface Outcome {

  /** The reading does not count, and changed nothing. */
  record Refused(Refusal reason) implements Outcome {}

  /**
   * It counts.
   *
   * @param latencies windows to send, those that end first before others
   * @param throughputs the same, of what says how many requests there were
   * @param parts what to add to the roll-ups of services: one for each window of the smallest size
   *     that is final
   * @param unrated why settled readings counted nothing, one entry each
   */
  record Accepted(
      List<LatencyWindow> latencies,
      List<ThroughputWindow> throughputs,
      List<ServicePart> parts,
      List<Unrated> unrated)
      implements Outcome {

    static final Accepted NOTHING = new Accepted(List.of(), List.of(), List.of(), List.of());
  }
}
