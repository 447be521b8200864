package io.tocsin.alerting.notify;

import io.tocsin.schemas.Delivery;
import java.util.List;

/** Where delivery records are kept. Used by one thread at a time. */
@FunctionalInterface
interface DeliveryLog {

  /**
   * Adds records, all or none, and returns when they are safe, however long that takes.
   *
   * @throws FencedException if another notifier has taken over
   * @throws InterruptedException if the caller is to stop waiting; nobody knows then whether they
   *     are there
   */
  void append(List<Delivery> records) throws InterruptedException;
}
