package io.tocsin.collectors.agent;

import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.apache.avro.specific.SpecificRecord;

/** A broker of probes: keeps those it takes in order, and refuses as a test says. */
final class ModelPublisher implements Publisher {

  private final List<Long> taken = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private final List<CompletableFuture<?>> unanswered = new ArrayList<>();

  /** Failure by sequence; null for none. */
  volatile LongFunction<RuntimeException> refusal = sequence -> null;

  /** Whether it takes records without a word. */
  volatile boolean silent;

  @Override
  public synchronized <V extends SpecificRecord> CompletionStage<?> publish(
      Topic<V> topic, V value) {
    long sequence = ((Probe) value).getOrigin().getSequence();
    RuntimeException failure = refusal.apply(sequence);
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    taken.add(sequence);
    if (silent) {
      CompletableFuture<?> answer = new CompletableFuture<>();
      unanswered.add(answer);
      return answer;
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<?> remove(Topic<?> topic, String key) {
    removed.add(key);
    return CompletableFuture.completedFuture(null);
  }

  synchronized List<Long> taken() {
    return List.copyOf(taken);
  }

  synchronized List<String> removed() {
    return List.copyOf(removed);
  }

  synchronized int unanswered() {
    return unanswered.size();
  }

  /** Answers what it was silent about, from {@code from} on. */
  void answer(int from, RuntimeException failure) {
    List<CompletableFuture<?>> waiting;
    synchronized (this) {
      waiting = new ArrayList<>(unanswered.subList(from, unanswered.size()));
    }
    for (CompletableFuture<?> answer : waiting) {
      if (failure == null) {
        answer.complete(null);
      } else {
        answer.completeExceptionally(failure);
      }
    }
  }
}
