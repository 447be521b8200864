package io.tocsin.pipeline;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tocsin.schemas.tls.TlsTrouble;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;

/**
 * Why a cluster that is there does not take us, or we do not take it, in words that stand after its
 * address and a colon.
 */
final class ClusterTrouble {

  private ClusterTrouble() {}

  /** What was wrong and what to do; empty if it is something else. */
  static Optional<String> of(Throwable thrown) {
    int deep = 0;
    for (Throwable each = thrown; each != null && deep < 20; each = each.getCause(), deep++) {
      Optional<String> said = one(each);
      if (said.isPresent()) {
        return said;
      }
    }
    return TlsTrouble.of(thrown)
        .map(why -> why + "; what is shown and what is believed, cluster.security says");
  }

  private static Optional<String> one(Throwable thrown) {
    if (thrown instanceof SaslAuthenticationException) {
      return Optional.of(
          "they do not let us in ("
              + thrown.getMessage()
              + "); are user and password of cluster.security those of an account there?");
    }
    if (thrown instanceof AuthorizationException) {
      return Optional.of("they know us, and do not allow it: " + thrown.getMessage());
    }
    if (thrown instanceof ConfigException) {
      return Optional.of("cluster.security cannot be used: " + thrown.getMessage());
    }
    if (thrown instanceof RestClientException answer
        && (answer.getStatus() == 401 || answer.getStatus() == 403)) {
      return Optional.of(
          "it does not let us in ("
              + answer.getStatus()
              + "); is cluster.security.registry an account there that may read and write"
              + " schemas?");
    }
    return Optional.empty();
  }
}
