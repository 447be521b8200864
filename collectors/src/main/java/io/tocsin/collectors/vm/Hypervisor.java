package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import java.util.List;

/**
 * Where virtual machines are asked about. Every call may block for as long as what it asks hangs
 * and cannot be interrupted, so that {@link Lane}s make them. A connection takes one call at a
 * time.
 */
interface Hypervisor {

  /** How much is asked. */
  enum Scope {
    /**
     * All groups of statistics. A machine that does not answer its hypervisor holds the call up.
     */
    FULL,
    /** What the hypervisor's daemon knows by itself: state, and whether each machine answers. */
    LIGHT
  }

  /**
   * Connects.
   *
   * @throws CollectorException if there is nothing to connect to, or it refuses
   */
  Connection connect() throws CollectorException;

  /** One connection. */
  interface Connection extends AutoCloseable {

    /**
     * All domains, running or not, in one call.
     *
     * @throws CollectorException if the connection is of no more use
     */
    List<DomainStats> stats(Scope scope) throws CollectorException;

    /**
     * What statistics do not tell of one domain.
     *
     * @throws CollectorException if it cannot be told; the connection goes on
     */
    DomainDetails details(String uuid) throws CollectorException;

    /**
     * Has a running guest report its memory.
     *
     * @param seconds how often
     * @throws CollectorException if the domain or the connection does not allow it
     */
    void reportMemoryEvery(String uuid, int seconds) throws CollectorException;

    @Override
    void close();
  }
}
