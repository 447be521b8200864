package io.tocsin.collectors.network;

import java.io.IOException;

/** The operating system does not let us send what should be sent; the message says what to do. */
final class NotPermittedException extends IOException {

  private static final long serialVersionUID = 1L;

  NotPermittedException(String message) {
    super(message);
  }
}
