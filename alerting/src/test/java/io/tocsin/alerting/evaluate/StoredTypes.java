package io.tocsin.alerting.evaluate;

import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What is stored, through the serializers that the job uses. */
final class StoredTypes {

  private StoredTypes() {}

  static HeapEvaluationStore roundTrip(HeapEvaluationStore store) {
    HeapEvaluationStore copy = new HeapEvaluationStore();
    if (store.resource() != null) {
      copy.resource(roundTrip(ResourceState.class, store.resource()));
    }
    store.seenKeys().forEach(key -> copy.seen(key, roundTrip(Seen.class, store.seen(key))));
    store
        .seriesKeys()
        .forEach(key -> copy.series(key, roundTrip(SeriesState.class, store.series(key))));
    store.learntKeys().forEach(key -> copy.learnt(key, roundTrip(Learnt.class, store.learnt(key))));
    if (store.nextTimer() != null) {
      copy.timer(store.nextTimer());
    }
    return copy;
  }

  static int size(HeapEvaluationStore store) {
    int size = bytes(ResourceState.class, store.resource()).length;
    for (String key : store.seenKeys()) {
      size += key.length() + 1 + bytes(Seen.class, store.seen(key)).length;
    }
    for (String key : store.seriesKeys()) {
      size += key.length() + 1 + bytes(SeriesState.class, store.series(key)).length;
    }
    for (String key : store.learntKeys()) {
      size += key.length() + 1 + bytes(Learnt.class, store.learnt(key)).length;
    }
    return size;
  }

  static <T> T roundTrip(Class<T> type, T value) {
    try {
      return serializer(type).deserialize(new DataInputDeserializer(bytes(type, value)));
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static <T> byte[] bytes(Class<T> type, T value) {
    try {
      TypeSerializer<T> serializer = serializer(type);
      DataOutputSerializer out = new DataOutputSerializer(256);
      serializer.serialize(serializer.copy(value), out);
      return out.getCopyOfBuffer();
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static <T> TypeSerializer<T> serializer(Class<T> type) {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    return TypeInformation.of(type).createSerializer(config);
  }
}
