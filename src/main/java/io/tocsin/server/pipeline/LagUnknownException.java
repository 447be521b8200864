package io.tocsin.server.pipeline;

/** The broker does not say how much there is to read. */
public final class LagUnknownException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With a line for people. */
  public LagUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
