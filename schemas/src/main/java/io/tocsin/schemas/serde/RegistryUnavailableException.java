package io.tocsin.schemas.serde;

import org.apache.kafka.common.KafkaException;

/**
 * The registry did not answer, so nobody can say yet whether a record is good. Trying again later
 * is right.
 */
public final class RegistryUnavailableException extends KafkaException {

  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
