package io.tocsin.alerting.healing.execute;

import java.io.IOException;
import java.util.Optional;

/**
 * An executor's other side as {@link ExecutorContract} sees it: real where that is small enough,
 * else a fake that is spoken to over the real protocol. Nothing of it is left when it is closed.
 */
public interface ExecutorWorld extends AutoCloseable {

  /** An action on this other side that would succeed if the other side were well. */
  ExecutorSpec spec();

  /** A target that is there. */
  String object();

  /** A name that would do, of a target that is not there; empty where there is no other side. */
  Optional<String> missing();

  /**
   * All that the executor could change, compared with {@code equals}: a count of restarts, sizes,
   * who is there. An execution that succeeds makes it another one.
   */
  Object state() throws Exception;

  /** Whether {@link ActionExecutor#compensate} puts this action's doing back. */
  boolean compensates();

  /** Whether doing it twice would do more than doing it once, as adding a replica does. */
  boolean adds();

  @Override
  void close() throws IOException;
}
