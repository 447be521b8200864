package io.tocsin.schemas.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tocsin.schemas.tls.TlsTrouble;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The explicit step that makes schemas known: nothing is registered by whoever happens to write
 * first. Running it again changes nothing.
 */
public final class SchemaRegistration {

  /** Both ways, to the version before: whoever goes back reads what the newer one wrote. */
  private static final String COMPATIBILITY = "FULL";

  private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistration.class);
  private static final int NOT_FOUND = 404;

  private final Cluster cluster;
  private final SchemaRegistryClient registry;

  /** Registers at the cluster's registry. */
  public SchemaRegistration(Cluster cluster) {
    this.cluster = cluster;
    this.registry = Registry.client(cluster);
  }

  /**
   * Registers the schema of every topic's values, under FULL compatibility.
   *
   * @return the schema id by subject
   * @throws RegistryUnavailableException if the registry does not answer, or refuses a schema
   *     because readers of it could not read what was written before, or the other way round
   */
  public Map<String, Integer> registerAll() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    requireCompatibility();
    for (Topic<?> topic : Topics.all()) {
      ids.put(topic.subject(), register(topic));
    }
    return ids;
  }

  /**
   * Subjects of topics whose schema, as this version has it, the registry does not know; registers
   * nothing. From then on this process has no need to ask for those that it does know.
   *
   * @throws RegistryUnavailableException if it does not answer
   */
  public List<String> missing() {
    return missing(Topics.all());
  }

  /** The same for some topics. */
  public List<String> missing(Collection<Topic<?>> topics) {
    List<String> missing = new ArrayList<>();
    for (Topic<?> topic : topics) {
      try {
        KnownSchemas.learn(cluster, topic, registry);
      } catch (IOException | RestClientException refused) {
        if (refused instanceof RestClientException answer && answer.getStatus() == NOT_FOUND) {
          missing.add(topic.subject());
        } else {
          throw new RegistryUnavailableException(
              "the registry does not tell the schema of %s: %s"
                  .formatted(topic.subject(), reason(refused)),
              refused);
        }
      }
    }
    return missing;
  }

  /**
   * Asks for what this process does not know yet, so that nothing has to wait for a registry that
   * is away later. Where it is away now, or does not know a schema, whoever needs it asks again,
   * and says so.
   */
  public void learn() {
    try {
      missing();
    } catch (RegistryUnavailableException away) {
      LOG.warn("schemas are asked for one by one: {}", away.getMessage());
    }
  }

  /**
   * For all subjects, and before the first schema: a crash in between must not leave one without
   * it.
   */
  private void requireCompatibility() {
    try {
      registry.updateCompatibility(null, COMPATIBILITY);
    } catch (IOException | RestClientException refused) {
      throw new RegistryUnavailableException(
          "the registry does not take " + COMPATIBILITY + " compatibility: " + reason(refused),
          refused);
    }
  }

  private int register(Topic<?> topic) {
    try {
      return registry.register(topic.subject(), new AvroSchema(topic.schema()));
    } catch (IOException | RestClientException refused) {
      throw new RegistryUnavailableException(
          "schema of " + topic.subject() + " could not be registered: " + reason(refused), refused);
    }
  }

  /** Whatever stands before a registry may answer in words that its client cannot read. */
  private static String reason(Exception refused) {
    return refused instanceof RestClientException answer
        ? "it answered %d: %s".formatted(answer.getStatus(), answer.getMessage())
        : TlsTrouble.in(refused);
  }
}
