package io.tocsin.schemas.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the genuine Confluent client is set up, in one place. */
final class Registry {

  /** Schemas the client remembers per subject; far more than this program has. */
  private static final int CACHED_SCHEMAS = 1_000;

  private Registry() {}

  /**
   * A client.
   *
   * @throws RegistryUnavailableException if a certificate or a secret that it needs cannot be read
   */
  static SchemaRegistryClient client(Cluster cluster) {
    // Fail fast: waiting for the registry is decided by RecordDecoder, where it is counted.
    Map<String, Object> settings = new HashMap<>();
    settings.put("max.retries", "0");
    settings.put("http.connect.timeout.ms", "2000");
    settings.put("http.read.timeout.ms", "5000");
    if (cluster.security() != null) {
      try {
        settings.putAll(cluster.security().registrySettings());
      } catch (IOException unreadable) {
        throw new RegistryUnavailableException(unreadable.toString(), unreadable);
      }
    }
    return SchemaRegistryClientFactory.newClient(
        List.of(cluster.registryUrl()),
        CACHED_SCHEMAS,
        List.of(new AvroSchemaProvider()),
        settings,
        Map.of());
  }

  static Map<String, Object> serdeSettings(Cluster cluster) {
    return Map.of(
        "schema.registry.url",
        cluster.registryUrl(),
        // Schemas are registered by an explicit step; a writer that is ahead of it has to fail.
        "auto.register.schemas",
        false,
        "specific.avro.reader",
        true);
  }
}
