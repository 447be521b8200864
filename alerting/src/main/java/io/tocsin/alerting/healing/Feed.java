package io.tocsin.alerting.healing;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Silence;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where plans and all that speaks for or against them come from. Used by one thread, but for {@link
 * #wakeUp()}.
 */
interface Feed extends AutoCloseable {

  /**
   * What arrived at one time, each kind in the order of its topic.
   *
   * @param probes what health checks saw
   * @param alerts what rules say
   * @param plans whose signature holds, where one is asked for
   * @param commands all of them: the audit hears of those that are for others, too
   * @param silences the newest of each
   * @param resources the inventory; null under the id of a resource that is gone
   */
  record Batch(
      List<Probe> probes,
      List<Alert> alerts,
      List<HealPlan> plans,
      List<Command> commands,
      List<Silence> silences,
      Map<String, Resource> resources) {

    /** Probes and plans alone. */
    static Batch of(List<Probe> probes, List<HealPlan> plans) {
      return new Batch(probes, List.of(), plans, List.of(), List.of(), Map.of());
    }
  }

  /** Waits for something to arrive; an empty batch if nothing did in time or somebody woke it. */
  Batch poll(Duration timeout);

  /** Whether it came to a command since the last commit, though no batch may have shown it. */
  default boolean hasPassed() {
    return false;
  }

  /** Remembers that everything handed out has been dealt with. */
  void commit();

  /** Goes back to the last commit. */
  void rewind();

  /** Ends a poll under way in another thread. */
  void wakeUp();

  @Override
  void close();
}
