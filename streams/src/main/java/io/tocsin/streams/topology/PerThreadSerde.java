package io.tocsin.streams.topology;

import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serializers for topologies. A topology hands one instance to all stream threads, but ours are not
 * thread-safe: so each thread gets its own. Closing closes those of all threads.
 */
final class PerThreadSerde {

  private PerThreadSerde() {}

  static <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic, Cluster cluster) {
    PerThread<TopicSerializer<V>> serializers =
        new PerThread<>(() -> new TopicSerializer<>(topic, cluster));
    return new Serializer<>() {
      @Override
      public byte[] serialize(String name, V value) {
        return serializers.mine().serialize(name, value);
      }

      @Override
      public void close() {
        serializers.made().forEach(TopicSerializer::close);
      }
    };
  }

  /** For a stage's own state, which has no seals. */
  static <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic, Cluster cluster) {
    PerThread<TopicDeserializer<V>> deserializers =
        new PerThread<>(() -> new TopicDeserializer<>(topic, cluster));
    return deserializer(deserializers);
  }

  /** For a source: one that asks for the seals of agents. */
  static <V extends SpecificRecord> Deserializer<V> source(Topic<V> topic, Cluster cluster) {
    return deserializer(new PerThread<>(() -> TopicDeserializer.guarded(topic, cluster)));
  }

  private static <V extends SpecificRecord> Deserializer<V> deserializer(
      PerThread<TopicDeserializer<V>> deserializers) {
    return new Deserializer<>() {
      @Override
      public V deserialize(String name, byte[] bytes) {
        return deserializers.mine().deserialize(name, bytes);
      }

      @Override
      public V deserialize(String name, Headers headers, byte[] bytes) {
        return deserializers.mine().deserialize(name, headers, bytes);
      }

      @Override
      public void close() {
        deserializers.made().forEach(TopicDeserializer::close);
      }
    };
  }

  private static final class PerThread<T> {
    private final Queue<T> made = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<T> mine;

    PerThread(Supplier<T> supplier) {
      mine =
          ThreadLocal.withInitial(
              () -> {
                T instance = supplier.get();
                made.add(instance);
                return instance;
              });
    }

    T mine() {
      return mine.get();
    }

    Queue<T> made() {
      return made;
    }
  }
}
