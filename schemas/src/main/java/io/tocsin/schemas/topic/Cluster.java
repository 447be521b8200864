package io.tocsin.schemas.topic;

import io.tocsin.schemas.seal.SealPolicy;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the topics are. No stage knows more than this of the machines it runs on.
 *
 * @param bootstrapServers Kafka's {@code bootstrap.servers}
 * @param registryUrl base URL of a Confluent-compatible schema registry
 * @param security how one shows who one is there; null where nobody asks and nothing is encrypted
 * @param seal what readers ask of the records of agents; null where they take them as they are
 */
public record Cluster(
    String bootstrapServers, String registryUrl, ClusterSecurity security, SealPolicy seal)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A cluster that asks nobody who he is. */
  public Cluster(String bootstrapServers, String registryUrl) {
    this(bootstrapServers, registryUrl, null, null);
  }

  /** A cluster whose agents are believed. */
  public Cluster(String bootstrapServers, String registryUrl, ClusterSecurity security) {
    this(bootstrapServers, registryUrl, security, null);
  }

  /**
   * What each client of Kafka needs in order to reach it, whatever else it is told; a map of the
   * caller's own. There are no secrets in it.
   */
  public Map<String, Object> clientSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    if (security != null) {
      settings.putAll(security.kafka());
    }
    return settings;
  }
}
