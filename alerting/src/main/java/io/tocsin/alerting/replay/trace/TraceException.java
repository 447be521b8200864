package io.tocsin.alerting.replay.trace;

/** A trace, its mapping or its labels cannot be used; the message says where and why. */
public final class TraceException extends Exception {

  private static final long serialVersionUID = 1L;

  TraceException(String message) {
    super(message);
  }
}
