package io.tocsin.server.access;

/** Nobody can be recognised yet, because the tokens have not been read, or any more. */
public final class AccessUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what to do. */
  public AccessUnavailableException() {
    super("the tokens are still being read; ask again in a moment");
  }
}
