package io.tocsin.schemas.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic and all that the stages must agree on about it.
 *
 * <p>Keys are UTF-8 strings made by {@link #keyOf}, so that every writer of a topic puts the same
 * thing into the same partition. Values are Avro in the Confluent wire format under the subject
 * {@link #subject()}.
 *
 * @param name name on the broker
 * @param valueType generated class of the values
 * @param key how a value's key is made
 * @param partitions how many there are when the topic is created; a later change would move keys
 * @param cleanup what happens to old records
 * @param retention how long records are kept; ignored for {@link Cleanup#COMPACT}
 * @param stampedOnArrival whether the broker stamps records with its own time instead of keeping
 *     the writer's: what readers hold a writer's clock against, the same each time they read
 * @param sealed whether agents write it, each in its own name only: readers may ask for their seals
 * @param <V> type of the values
 */
public record Topic<V extends SpecificRecord>(
    String name,
    Class<V> valueType,
    Function<V, String> key,
    int partitions,
    Cleanup cleanup,
    Duration retention,
    boolean stampedOnArrival,
    boolean sealed) {

  public Topic {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(valueType, "valueType");
    Objects.requireNonNull(key, "key");
    if (partitions < 1) {
      throw new IllegalArgumentException("topic " + name + " needs at least one partition");
    }
  }

  /** One that keeps its writers' timestamps. */
  public Topic(
      String name,
      Class<V> valueType,
      Function<V, String> key,
      int partitions,
      Cleanup cleanup,
      Duration retention) {
    this(name, valueType, key, partitions, cleanup, retention, false, false);
  }

  /** The same, stamped on arrival. */
  Topic<V> stamped() {
    return new Topic<>(name, valueType, key, partitions, cleanup, retention, true, sealed);
  }

  /** The same, written by agents. */
  Topic<V> ofAgents() {
    return new Topic<>(
        name, valueType, key, partitions, cleanup, retention, stampedOnArrival, true);
  }

  /** Key of a value of this topic. */
  public String keyOf(V value) {
    return key.apply(value);
  }

  /** The registry's name for the schema of the values (Confluent's TopicNameStrategy). */
  public String subject() {
    return name + "-value";
  }

  /** Schema of the values as this version of the program knows it. */
  public Schema schema() {
    return SpecificData.get().getSchema(valueType);
  }

  /** The broker's settings for this topic. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("cleanup.policy", cleanup.policy());
    if (cleanup != Cleanup.COMPACT) {
      settings.put("retention.ms", Long.toString(retention.toMillis()));
    }
    if (stampedOnArrival) {
      settings.put("message.timestamp.type", "LogAppendTime");
    }
    return Map.copyOf(settings);
  }

  @Override
  public String toString() {
    return name;
  }
}
