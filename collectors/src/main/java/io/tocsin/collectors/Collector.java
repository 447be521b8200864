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
public interface Collector extends AutoCloseable {

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
   * What this collector reports on, asked for after each pass. Identities are stable: two calls
   * name the same resources for as long as those exist. While nothing has changed the very same
   * list comes back, which is how the agent knows that there is nothing to announce.
   */
  List<Resource> resources();

  /**
   * Opens what it keeps open between passes, such as a listening socket; called on the collector's
   * own thread before the first pass, and again before the next one for as long as it fails.
   *
   * @throws CollectorException if that cannot be opened now
   */
  default void open() throws CollectorException, InterruptedException {}

  /**
   * Reads once. Having nothing to report is an empty reading and no error; a part that could not be
   * read is a {@link Problem} in the reading.
   *
   * @throws CollectorException if nothing at all could be read
   * @throws InterruptedException if the agent gave up on this pass
   */
  Reading collect() throws CollectorException, InterruptedException;

  /** Lets go of what {@link #open} opened; called once, after the last pass has ended or hung. */
  @Override
  default void close() {}
}
