package io.tocsin.collectors.agent;

import io.tocsin.schemas.topic.Topic;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where the agent's records go. {@link io.tocsin.schemas.exchange.TopicWriter#send} fits: {@code
 * Publisher publisher = writer::send}.
 */
@FunctionalInterface
public interface Publisher {

  /**
   * Hands a value over; may block for a moment, since only the agent's sender thread calls it.
   *
   * @return done when the value is safe, failed when it is lost
   */
  <V extends SpecificRecord> CompletionStage<?> publish(Topic<V> topic, V value);
}
