package io.tocsin.schemas.serde;

import org.apache.avro.specific.SpecificRecord;

/**
 * What became of some bytes.
 *
 * @param <V> type of the value they should have been
 */
public sealed interface Decoded<V extends SpecificRecord> {

  /** They were a value. */
  record Value<V extends SpecificRecord>(V value) implements Decoded<V> {}

  /**
   * They will never be one.
   *
   * @param kind value of a counter's tag: {@code poison} where the bytes are to blame, or what is
   *     wrong with their seal
   * @param reason for the dead-letter topic
   */
  record Poison<V extends SpecificRecord>(String kind, String reason) implements Decoded<V> {

    /** Bytes that are to blame themselves. */
    public Poison(String reason) {
      this("poison", reason);
    }
  }
}
