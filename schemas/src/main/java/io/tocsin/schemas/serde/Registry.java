package io.tocsin.schemas.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.tocsin.schemas.topic.Cluster;
import java.util.List;
import java.util.Map;

/** How the genuine Confluent client is set up, in one place. */
final class Registry {

  /** Schemas the client remembers per subject; far more than this program has. */
  private static final int CACHED_SCHEMAS = 1_000;

  private Registry() {}

  static SchemaRegistryClient client(Cluster cluster) {
    return SchemaRegistryClientFactory.newClient(
        List.of(cluster.registryUrl()),
        CACHED_SCHEMAS,
        List.of(new AvroSchemaProvider()),
        // Fail fast: waiting for the registry is decided by RecordDecoder, where it is counted.
        Map.of(
            "max.retries", "0", "http.connect.timeout.ms", "2000", "http.read.timeout.ms", "5000"),
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
