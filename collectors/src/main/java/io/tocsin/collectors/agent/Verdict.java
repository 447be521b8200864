package io.tocsin.collectors.agent;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.serde.RegistryUnavailableException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;

/** What a failure to send says about the record. The reason is for the counter of losses. */
sealed interface Verdict {

  /** Tag of the counter. */
  String reason();

  /** Nothing is wrong with it: somebody is away. It is tried again for as long as it takes. */
  record Retry(String reason) implements Verdict {}

  /** Perhaps something is wrong with it, or with one that was sent along with it. */
  record Suspect(String reason) implements Verdict {}

  /** It will never be taken. */
  record Poison(String reason) implements Verdict {}

  static Verdict of(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof SerializationException) {
      return ofSerialization(cause);
    }
    if (cause instanceof RegistryUnavailableException) {
      return new Retry("registry-away");
    }
    if (cause instanceof RecordTooLargeException) {
      return new Poison("too-large");
    }
    if (cause instanceof TimeoutException) {
      return new Retry("broker-timeout");
    }
    if (cause instanceof RefusedException refused) {
      return new Retry(refused.reason());
    }
    if (cause instanceof AuthorizationException) {
      return new Retry("not-authorized");
    }
    boolean away =
        cause instanceof RetriableException
            || cause instanceof AuthenticationException
            || cause instanceof InterruptException
            || cause instanceof InterruptedException
            || cause instanceof IllegalStateException;
    return away ? new Retry("send-failed") : new Suspect("send-failed");
  }

  /** What really failed. */
  static Throwable cause(Throwable failure) {
    boolean wraps = failure instanceof CompletionException || failure instanceof ExecutionException;
    return wraps && failure.getCause() != null ? cause(failure.getCause()) : failure;
  }

  /**
   * The serializer has one exception for a bad record and for all that a registry may say. A schema
   * that the registry does not know is no fault of the record: it may be registered yet, as when an
   * agent is started, or upgraded, before the cluster that it sends to.
   */
  private static Verdict ofSerialization(Throwable failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return new Retry("registry-away");
      }
      if (cause instanceof RestClientException answer) {
        return new Retry(answer.getStatus() == 404 ? "schema-not-registered" : "registry-away");
      }
    }
    return new Poison("schema");
  }
}
