package io.tocsin.pipeline;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tocsin.schemas.tls.TlsTrouble;
import java.util.Optional;

/**
 * Why a registry that is there does not take us, or we do not take it, in words that stand after
 * its address and a colon.
 */
final class RegistryTrouble {

  private static final int MOST_CAUSES = 20;

  private RegistryTrouble() {}

  /** What was wrong and what to do; empty if it is something else. */
  static Optional<String> of(Throwable thrown) {
    int deep = 0;
    for (Throwable each = thrown; each != null && deep < MOST_CAUSES; each = each.getCause()) {
      if (each instanceof RestClientException answer
          && (answer.getStatus() == 401 || answer.getStatus() == 403)) {
        return Optional.of(
            "it does not let us in ("
                + answer.getStatus()
                + "); is cluster.security.registry an account there that may read and write"
                + " schemas?");
      }
      deep++;
    }
    return TlsTrouble.of(thrown)
        .map(why -> why + "; cluster.security has what is believed and shown");
  }
}
