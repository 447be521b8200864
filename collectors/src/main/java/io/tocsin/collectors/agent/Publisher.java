package io.tocsin.collectors.agent;

import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Topic;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;

/** Where the agent's records go: {@link #to} the topics, unless a test stands in. */
public interface Publisher {

  /**
   * Hands a value over; may block for a moment, since only the agent's sender thread calls it.
   *
   * @return done when the value is safe, failed when it is not
   */
  <V extends SpecificRecord> CompletionStage<?> publish(Topic<V> topic, V value);

  /**
   * Hands a tombstone over, under the same terms.
   *
   * @param topic a compacted topic
   * @param key what is no more
   */
  CompletionStage<?> remove(Topic<?> topic, String key);

  /** The topics behind a writer, which the caller closes after the agent. */
  static Publisher to(TopicWriter writer) {
    return new Publisher() {
      @Override
      public <V extends SpecificRecord> CompletionStage<?> publish(Topic<V> topic, V value) {
        return writer.send(topic, value);
      }

      @Override
      public CompletionStage<?> remove(Topic<?> topic, String key) {
        return writer.remove(topic, key);
      }
    };
  }
}
