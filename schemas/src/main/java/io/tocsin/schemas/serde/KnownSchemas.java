package io.tocsin.schemas.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.ClusterSecurity;
import io.tocsin.schemas.topic.Topic;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ids of this program's own schemas at a registry, as far as this process has heard of them.
 *
 * <p>An id never changes its meaning, so one answer does for all threads, and for as long as the
 * process lives. Whoever asks for all of them while he starts needs no registry afterwards, not
 * even for the first value of a kind that comes once a month, unless another version wrote it.
 */
final class KnownSchemas {

  private static final Map<Key, Integer> IDS = new ConcurrentHashMap<>();

  /** A registry as one that may ask it: what it told somebody else is nobody else's. */
  private record Key(String registryUrl, ClusterSecurity security, String topic) {}

  private KnownSchemas() {}

  /** The id of the schema of a topic's values; empty if it has not been told here yet. */
  static OptionalInt id(Cluster cluster, Topic<?> topic) {
    Integer id = IDS.get(key(cluster, topic));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Keeps what the registry said. */
  static void remember(Cluster cluster, Topic<?> topic, int id) {
    // Confluent's registry for tests lives in the process, and begins its ids anew.
    if (!cluster.registryUrl().startsWith("mock:")) {
      IDS.put(key(cluster, topic), id);
    }
  }

  /**
   * Asks for the id unless it is known.
   *
   * @throws IOException if the registry does not answer
   * @throws RestClientException if it refuses; with status 404 if it does not know the schema
   */
  static void learn(Cluster cluster, Topic<?> topic, SchemaRegistryClient registry)
      throws IOException, RestClientException {
    if (id(cluster, topic).isPresent()) {
      return;
    }
    synchronized (IDS) { // all tasks of a job begin at once, and one of them is enough
      if (id(cluster, topic).isEmpty()) {
        remember(cluster, topic, registry.getId(topic.subject(), new AvroSchema(topic.schema())));
      }
    }
  }

  private static Key key(Cluster cluster, Topic<?> topic) {
    return new Key(cluster.registryUrl(), cluster.security(), topic.name());
  }
}
