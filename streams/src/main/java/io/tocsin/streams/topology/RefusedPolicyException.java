package io.tocsin.streams.topology;

/** A policy that cannot be taken; the message names all that is wrong with it. */
final class RefusedPolicyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedPolicyException(String message) {
    super(message);
  }
}
