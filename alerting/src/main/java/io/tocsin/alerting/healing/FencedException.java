package io.tocsin.alerting.healing;

/** Another responder has taken over: whatever this one was about to do is not to be done. */
final class FencedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FencedException(Throwable cause) {
    super("another responder has taken over; this one does nothing any more", cause);
  }
}
