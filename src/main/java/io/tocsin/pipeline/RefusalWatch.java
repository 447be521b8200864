package io.tocsin.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.collectors.agent.Publisher;
import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.topic.Topic;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;

/**
 * Notices when an agent's broker does not know it, or does not let it. What is refused stays in the
 * spool; people have to be told, because waiting alone does not help.
 */
final class RefusalWatch implements Publisher {

  private final Publisher publisher;
  private final MeterRegistry meters;
  private volatile RefusedException refusal;

  /** Around what publishes. */
  RefusalWatch(Publisher publisher, MeterRegistry meters) {
    this.publisher = publisher;
    this.meters = meters;
  }

  @Override
  public <V extends SpecificRecord> CompletionStage<?> publish(Topic<V> topic, V value) {
    return watched(publisher.publish(topic, value));
  }

  @Override
  public CompletionStage<?> remove(Topic<?> topic, String key) {
    return watched(publisher.remove(topic, key));
  }

  private CompletionStage<?> watched(CompletionStage<?> sent) {
    return sent.whenComplete((done, failure) -> landed(failure));
  }

  private void landed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause == null) {
      refusal = null;
    } else if (cause instanceof RefusedException told) {
      refusal = told;
      meters.counter("tocsin.collectors.refused", "reason", told.reason()).increment();
    }
  }

  /** What the broker refuses; empty while it takes what it is sent. */
  Optional<RefusedException> newest() {
    return Optional.ofNullable(refusal);
  }
}
