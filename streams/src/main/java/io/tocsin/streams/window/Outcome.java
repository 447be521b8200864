package io.tocsin.streams.window;

import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import java.util.List;

/** What a sample, or silence, led to. */
public sealed interface Outcome {

  /** The sample does not count, and changed nothing. */
  record Refused(Refusal reason) implements Outcome {}

  /**
   * It counts.
   *
   * @param windows updates and finals to send, oldest first
   * @param throughputs the same of what went through
   * @param parts what roll-ups get: one for each window of the smallest size that has ended
   * @param newest the interval that ends with this sample, if it is the newest and has a rate; else
   *     null
   * @param unrated why settled samples made no rate, one entry each
   */
  record Accepted(
      List<Window> windows,
      List<ThroughputWindow> throughputs,
      List<Part> parts,
      Interval newest,
      List<Rating.Reason> unrated)
      implements Outcome {}
}
