package io.tocsin.alerting.healing.execute.kubernetes;

/** It was not done, or has not worked out, for the reason that the message says in words. */
final class LeftAloneException extends Exception {

  private static final long serialVersionUID = 1L;

  LeftAloneException(String reason) {
    super(reason);
  }
}
