package io.tocsin.delivery;

import io.tocsin.delivery.signal.Observation;
import java.time.Duration;

/** What looks, and waits between two looks. */
public interface Watch {

  /** Asks every instance of the plan, and the API. */
  Observation look() throws InterruptedException;

  /** Waits. */
  void pause(Duration duration) throws InterruptedException;
}
