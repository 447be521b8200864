package io.tocsin.collectors.spool;

/** A spool cannot be opened; the message says why and what to do. */
public final class SpoolException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SpoolException(String message) {
    super(message);
  }

  SpoolException(String message, Throwable cause) {
    super(message, cause);
  }
}
