package io.tocsin.alerting.job;

import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.io.Serializable;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A topic on its way to a task manager: a {@link Topic} carries functions and does not travel.
 *
 * @param name its name
 * @param valueType class of its values
 * @param <V> type of its values
 */
record TopicName<V extends SpecificRecordBase>(String name, Class<V> valueType)
    implements Serializable {

  static <V extends SpecificRecordBase> TopicName<V> of(Topic<V> topic) {
    return new TopicName<>(topic.name(), topic.valueType());
  }

  @SuppressWarnings("unchecked") // a topic's name and the type of its values go together
  Topic<V> topic() {
    return (Topic<V>)
        Topics.all().stream()
            .filter(topic -> topic.name().equals(name) && topic.valueType() == valueType)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("there is no topic " + name));
  }
}
