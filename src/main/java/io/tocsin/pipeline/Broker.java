package io.tocsin.pipeline;

import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.serde.RegistryUnavailableException;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** A cluster elsewhere, looked at before a stage begins to work there. */
public final class Broker {

  private static final long ANSWERS_WITHIN_S = 10;
  private static final String MAKE_THEM = "tocsin streams --create-topics makes them";

  private final Cluster cluster;

  /** The cluster; nothing is asked yet. */
  public Broker(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Why a stage cannot work there; the message is a line for people. */
  public static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean silent;

    private Unfit(boolean silent, String line, Throwable cause) {
      super(line, cause);
      this.silent = silent;
    }

    /** Whether it did not answer at all. */
    public boolean silent() {
      return silent;
    }
  }

  /**
   * Asks broker and registry for all that the stages expect.
   *
   * @throws Unfit if one of them does not answer, or topics or schemas are missing
   */
  public void check() throws Unfit, InterruptedException {
    Set<String> there = topics();
    List<String> missing = new ArrayList<>();
    Topics.all().stream().map(Topic::name).filter(n -> !there.contains(n)).forEach(missing::add);
    if (!missing.isEmpty()) {
      throw new Unfit(
          false,
          "%s has no topic %s; %s"
              .formatted(cluster.bootstrapServers(), String.join(", ", missing), MAKE_THEM),
          null);
    }
    List<String> unknown;
    try {
      unknown = new SchemaRegistration(cluster).missing();
    } catch (RegistryUnavailableException away) {
      throw registryAway(away);
    }
    if (!unknown.isEmpty()) {
      throw new Unfit(
          false,
          "the registry %s does not know %s; %s"
              .formatted(cluster.registryUrl(), String.join(", ", unknown), MAKE_THEM),
          null);
    }
  }

  /**
   * Registers schemas and makes the topics that are missing; a second time changes nothing.
   *
   * @param replicationFactor copies of each record; -1 for what the broker gives topics of itself
   * @return names of the topics that were made
   * @throws Unfit if one of them does not answer, or refuses
   */
  public List<String> prepare(short replicationFactor) throws Unfit, InterruptedException {
    topics();
    try {
      new SchemaRegistration(cluster).registerAll();
      return new TopicCreation(cluster, replicationFactor).createMissing();
    } catch (RegistryUnavailableException away) {
      throw registryAway(away);
    } catch (KafkaException refused) {
      throw new Unfit(false, refused.getMessage(), refused);
    }
  }

  private Unfit registryAway(RegistryUnavailableException away) {
    Optional<String> told = ClusterTrouble.of(away);
    if (told.isPresent()) {
      return new Unfit(
          false,
          "the schema registry at %s: %s".formatted(cluster.registryUrl(), told.get()),
          away);
    }
    return new Unfit(
        true,
        "the schema registry at %s cannot be used: %s; is it running, and is cluster.registry the"
                .formatted(cluster.registryUrl(), away.getMessage())
            + " base URL of its Confluent API?",
        away);
  }

  private Set<String> topics() throws Unfit, InterruptedException {
    Map<String, Object> settings = cluster.clientSettings();
    settings.put("default.api.timeout.ms", (int) TimeUnit.SECONDS.toMillis(ANSWERS_WITHIN_S));
    settings.put("request.timeout.ms", 5_000);
    try (Admin admin = Admin.create(settings)) {
      return admin.listTopics().names().get(2 * ANSWERS_WITHIN_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException away) {
      Optional<String> told = ClusterTrouble.of(away);
      if (told.isPresent()) {
        throw new Unfit(
            false, "the brokers at %s: %s".formatted(cluster.bootstrapServers(), told.get()), away);
      }
      throw new Unfit(
          true,
          "no Kafka broker answers at %s within %d s; is it running, and is"
                  .formatted(cluster.bootstrapServers(), ANSWERS_WITHIN_S)
              + " cluster.bootstrap-servers right?"
              + (cluster.security() == null
                  ? " Where brokers speak TLS, cluster.security says how."
                  : ""),
          away);
    }
  }
}
