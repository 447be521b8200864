package io.tocsin.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes that will never be a value of their topic; the message is the reason. */
public final class PoisonRecordException extends SerializationException {

  private static final long serialVersionUID = 1L;

  private final String kind;

  PoisonRecordException(Decoded.Poison<?> poison) {
    super(poison.reason());
    this.kind = poison.kind();
  }

  /** Value of a counter's tag; see {@link Decoded.Poison}. */
  public String kind() {
    return kind;
  }
}
