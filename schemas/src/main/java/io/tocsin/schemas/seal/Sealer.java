package io.tocsin.schemas.seal;

import org.apache.kafka.common.header.Headers;

/** Seals what one agent writes. Thread-safe. */
public final class Sealer {

  private final String agent;
  private final byte[] key;
  private final Seal seal = new Seal();

  /** Seals with this key. */
  public Sealer(AgentKey key) {
    this.agent = key.agent();
    this.key = key.bytes();
  }

  /**
   * Puts the seal of a record into its headers.
   *
   * @param value null for a tombstone
   */
  public void seal(String topic, byte[] recordKey, byte[] value, Headers headers) {
    SealHeaders.put(agent, of(topic, recordKey, value), headers);
  }

  private synchronized byte[] of(String topic, byte[] recordKey, byte[] value) {
    return seal.of(key, Seal.utf8(topic), recordKey, value);
  }
}
