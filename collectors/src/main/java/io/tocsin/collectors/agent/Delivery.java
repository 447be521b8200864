package io.tocsin.collectors.agent;

import io.tocsin.collectors.spool.Outgoing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;

/** Hands things to a publisher, which fails in one way only. */
final class Delivery {

  /** Long enough for a refusal, which says what to do. */
  private static final int LONGEST = 500;

  private final Publisher publisher;

  Delivery(Publisher publisher) {
    this.publisher = publisher;
  }

  CompletionStage<?> deliver(Outgoing outgoing) {
    try {
      if (outgoing instanceof Outgoing.Value<?> value) {
        return publish(value);
      }
      Outgoing.Removal removal = (Outgoing.Removal) outgoing;
      return publisher.remove(removal.topic(), removal.key());
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private <V extends SpecificRecord> CompletionStage<?> publish(Outgoing.Value<V> value) {
    return publisher.publish(value.topic(), value.value());
  }

  /** Confluent's serializer puts whole schemas into its messages. */
  static String shortened(Throwable failure) {
    String message = failure.toString();
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
  }
}
