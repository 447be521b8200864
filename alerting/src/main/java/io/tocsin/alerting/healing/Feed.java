package io.tocsin.alerting.healing;

import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Probe;
import java.time.Duration;
import java.util.List;

/** Where plans and probes come from. Used by one thread, but for {@link #wakeUp()}. */
interface Feed extends AutoCloseable {

  /**
   * What arrived at one time.
   *
   * @param probes in the order of their topic
   * @param plans in the order of their topic
   */
  record Batch(List<Probe> probes, List<HealPlan> plans) {}

  /** Waits for something to arrive; an empty batch if nothing did in time or somebody woke it. */
  Batch poll(Duration timeout);

  /** Remembers that everything handed out has been dealt with. */
  void commit();

  /** Goes back to the last commit. */
  void rewind();

  /** Ends a poll under way in another thread. */
  void wakeUp();

  @Override
  void close();
}
