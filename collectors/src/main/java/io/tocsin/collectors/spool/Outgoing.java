package io.tocsin.collectors.spool;

import io.tocsin.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** Something that an agent sends. */
public sealed interface Outgoing {

  /** Where it goes. */
  Topic<?> topic();

  /** A record. */
  record Value<V extends SpecificRecord>(Topic<V> topic, V value) implements Outgoing {}

  /** A tombstone: what stood under this key of a compacted topic is no more. */
  record Removal(Topic<?> topic, String key) implements Outgoing {}
}
