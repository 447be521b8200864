package io.tocsin.server.view;

import io.tocsin.schemas.exchange.Received;

/**
 * What one area of the API knows, built of the topics' records as they come; each says what bounds
 * it. Thread-safe in one simple way: whatever reads or changes it is {@code synchronized} on it,
 * and nothing of another view is asked meanwhile, so that no two views can wait for each other. Who
 * needs several asks them one after the other, and gets what each of them knew at that moment.
 */
public abstract class View {

  private volatile long version;

  /** Takes one record. Says whether that changed anything that people see. */
  public final synchronized boolean apply(Received<?> received) {
    boolean changed = take(received);
    if (changed) {
      version++;
    }
    return changed;
  }

  /**
   * Keeps what it wants of a record of any topic, with the lock held. Says whether that changed
   * anything: a record that is delivered again does not.
   */
  protected abstract boolean take(Received<?> received);

  /** Says that something else than a record changed what it knows. */
  protected final synchronized void changed() {
    version++;
  }

  /** Counts its changes: as long as it stays the same, so does all that the view says. */
  public final long version() {
    return version;
  }
}
