package io.tocsin.collectors.agent;

import io.tocsin.collectors.spool.Outgoing;
import io.tocsin.collectors.spool.Spooled;

/** One thing on its way through a {@link SpooledOutbox}, whose lock guards all that changes. */
final class Parcel {

  /** Number of what is not on the disk, or not yet. */
  static final long NONE = -1;

  final Outgoing outgoing;
  final long queuedAtMillis;

  /** Its place in the spool. */
  long number = NONE;

  /** Acknowledged, or given up: nothing more has to be done about it. */
  boolean settled;

  /** Settled, and all before it: it will not be sent again. */
  boolean done;

  /** Acknowledged once, whatever becomes of it when it is sent again for the order's sake. */
  boolean delivered;

  /** The last attempt has ended. */
  boolean landed;

  /** Given up, which no later attempt changes. */
  boolean lost;

  /** Tells the end of this attempt from one that was given up. */
  int attempt;

  /** Attempts that the broker itself refused. */
  int refusals;

  long sentNanos;

  Parcel(Outgoing outgoing, long queuedAtMillis) {
    this.outgoing = outgoing;
    this.queuedAtMillis = queuedAtMillis;
  }

  Parcel(Spooled spooled) {
    this(spooled.outgoing(), spooled.queuedAtMillis());
    this.number = spooled.number();
  }

  /** Whether it is lost when the process ends now. */
  boolean inMemoryOnly() {
    return !settled && !delivered && number == NONE;
  }
}
