package io.tocsin.collectors.agent;

import io.tocsin.schemas.topic.Topic;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.specific.SpecificRecord;

/** Keeps what it is handed; can be told to fail, or to block until it is let go. */
final class RecordingPublisher implements Publisher {

  final List<SpecificRecord> published = new CopyOnWriteArrayList<>();
  final List<String> removed = new CopyOnWriteArrayList<>();
  volatile RuntimeException failure;
  volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public <V extends SpecificRecord> CompletionStage<?> publish(Topic<V> topic, V value) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(e);
    }
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    published.add(value);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> remove(Topic<?> topic, String key) {
    removed.add(key);
    return CompletableFuture.completedFuture(null);
  }

  <R> List<R> of(Class<R> type) {
    return published.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
