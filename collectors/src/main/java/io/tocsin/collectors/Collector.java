package io.tocsin.collectors;

import io.tocsin.schemas.Resource;
import java.time.Duration;
import java.util.List;

/**
 * One source of measurements: the contract of every plug-in.
 *
 * <p>A collector reads when it is told to. It neither publishes nor times itself nor keeps a
 * thread: the agent gives it one, records how long it took and whether it worked, and counts what
 * went wrong. Calls never overlap.
 */
public interface Collector {

  /** Name in metrics and logs, unique within an agent and stable, such as {@code health/shop}. */
  String name();

  /** Time from the start of one pass to the start of the next. */
  Duration interval();

  /**
   * Longest time a pass may take. A pass that takes longer is counted as a failure and its thread
   * is interrupted; no other collector waits for it.
   */
  default Duration deadline() {
    return interval();
  }

  /**
   * What this collector reports on. Identities are stable: two calls name the same resources for as
   * long as those exist.
   */
  List<Resource> resources();

  /**
   * Reads once. Having nothing to report is an empty reading and no error; a part that could not be
   * read is a {@link Problem} in the reading.
   *
   * @throws CollectorException if nothing at all could be read
   * @throws InterruptedException if the agent gave up on this pass
   */
  Reading collect() throws CollectorException, InterruptedException;
}
