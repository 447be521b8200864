package io.tocsin.collectors.app.receiver;

import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.app.figure.Complaints;

/** The parts of one request that were left out: told to the sender, and counted here. */
final class Rejections {

  /** What is told of them; whoever has made more mistakes will find the rest by the same way. */
  static final int TOLD = 100;

  private final String where;
  private final Complaints complaints;
  private int count;

  Rejections(String where, Complaints complaints) {
    this.where = where;
    this.complaints = complaints;
  }

  /** One more; returns whether the sender is still to be told of it one by one. */
  boolean add(String what) {
    complaints.add(Reason.MALFORMED, where, what);
    return count++ < TOLD;
  }

  int count() {
    return count;
  }
}
