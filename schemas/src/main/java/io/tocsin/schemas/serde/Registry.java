package io.tocsin.schemas.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;

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
        return secure(cluster, settings);
      } catch (IOException unreadable) {
        throw new RegistryUnavailableException(unreadable.getMessage(), unreadable);
      }
    }
    return SchemaRegistryClientFactory.newClient(
        List.of(cluster.registryUrl()),
        CACHED_SCHEMAS,
        List.of(new AvroSchemaProvider()),
        settings,
        Map.of());
  }

  /**
   * With a socket factory of our own, which reads certificates again when they change: the client's
   * finds none in a PEM setting, and does not compare host names unless it is told to (7.9.2).
   */
  private static SchemaRegistryClient secure(Cluster cluster, Map<String, Object> settings)
      throws IOException {
    RestService rest = new RestService(List.of(cluster.registryUrl()));
    SchemaRegistryClient client =
        new CachedSchemaRegistryClient(
            rest,
            CACHED_SCHEMAS,
            List.of(new AvroSchemaProvider()),
            settings,
            cluster.security().registryHeaders());
    // Afterwards: the client gives its service a factory and a verifier of its own when it is made.
    rest.setSslSocketFactory(cluster.security().registryTls().context().getSocketFactory());
    rest.setHostnameVerifier(HttpsURLConnection.getDefaultHostnameVerifier());
    return client;
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
