package io.tocsin.collectors.agent;

import io.tocsin.collectors.spool.Outgoing;
import io.tocsin.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/**
 * What lies between collectors and a {@link Publisher}, so that a broker that is away never holds
 * up a collector: {@link MemoryOutbox}, or {@link SpooledOutbox} where there is a spool. Records
 * leave in the order in which they came. Every record that is lost is counted by reason.
 */
interface Outbox extends AutoCloseable {

  /**
   * How full it is.
   *
   * @param queued records that are not sent yet
   * @param spooled records on disk that are not acknowledged
   * @param spoolBytes bytes of the spool
   * @param oldestMillis age of the oldest record that is not acknowledged; 0 if there is none
   */
  record Fill(long queued, long spooled, long spoolBytes, long oldestMillis) {}

  /** Begins to send. To be called once. */
  void start();

  /** Takes something in. Never fails, and waits for a fraction of a second at most. */
  void put(Outgoing outgoing);

  default <V extends SpecificRecord> void put(Topic<V> topic, V value) {
    put(new Outgoing.Value<>(topic, value));
  }

  Fill fill();

  /** Sends what is queued for at most a second; what is left then stays on disk or is counted. */
  @Override
  void close();
}
