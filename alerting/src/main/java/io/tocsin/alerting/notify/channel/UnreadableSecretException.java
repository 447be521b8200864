package io.tocsin.alerting.notify.channel;

/** A secret cannot be read now; the message names its place and nothing of it. */
public final class UnreadableSecretException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableSecretException(String message) {
    super(message);
  }
}
