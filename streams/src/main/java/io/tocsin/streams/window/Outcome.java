package io.tocsin.streams.window;

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
   * @param newest the interval that ends with this sample, if it is the newest and has a rate; else
   *     null
   * @param unrated why settled samples made no rate, one entry each
   */
  record Accepted(List<Window> windows, Interval newest, List<Rating.Reason> unrated)
      implements Outcome {}
}
