package io.tocsin.alerting.healing.execute.docker;

import java.io.IOException;

/** Docker refused, or answered what is no answer; the message is for people. */
final class EngineException extends IOException {

  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * A refusal.
   *
   * @param status of HTTP; 0 if that is not what is wrong
   */
  EngineException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Of HTTP; 0 if that is not what is wrong. */
  int status() {
    return status;
  }
}
