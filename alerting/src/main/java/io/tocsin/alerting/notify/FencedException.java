package io.tocsin.alerting.notify;

/** Another notifier has taken over: this one must not send or write anything any more. */
final class FencedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FencedException(Throwable cause) {
    super("another notifier has taken over; this one sends nothing any more", cause);
  }
}
