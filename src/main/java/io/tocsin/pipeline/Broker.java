package io.tocsin.pipeline;

import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.exchange.TopicSizes;
import io.tocsin.schemas.serde.RegistryUnavailableException;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.security.Actor;
import io.tocsin.security.Rights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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

    /** What kind of reason. */
    public enum Kind {
      /** Somebody does not answer. */
      SILENT,
      /** The broker does not know who asks, or does not let him. */
      REFUSED,
      /** Topics or schemas are missing, or could not be made. */
      UNPREPARED
    }

    private final Kind kind;

    private Unfit(Kind kind, String line, Throwable cause) {
      super(line, cause);
      this.kind = kind;
    }

    /** What kind of reason. */
    public Kind kind() {
      return kind;
    }
  }

  /**
   * Asks broker and registry for all that somebody expects of them.
   *
   * @param actor who is about to begin there
   * @throws Unfit if one of them does not answer, or refuses, or topics or schemas are missing
   */
  public void check(Actor actor) throws Unfit, InterruptedException {
    Set<String> expected = Rights.topics(actor);
    checkTopics(expected);
    List<String> unknown;
    try {
      unknown =
          new SchemaRegistration(cluster)
              .missing(
                  Topics.all().stream().filter(topic -> expected.contains(topic.name())).toList());
    } catch (RegistryUnavailableException away) {
      throw registryAway(away);
    }
    if (!unknown.isEmpty()) {
      throw new Unfit(
          Unfit.Kind.UNPREPARED,
          "the registry %s does not know %s; %s"
              .formatted(cluster.registryUrl(), String.join(", ", unknown), MAKE_THEM),
          null);
    }
  }

  /** By name, because of those that one may not see a broker says that they are not there. */
  private void checkTopics(Set<String> expected) throws Unfit, InterruptedException {
    checkTls();
    try (Admin admin = admin()) {
      Map<String, KafkaFuture<TopicDescription>> answers =
          admin.describeTopics(expected).topicNameValues();
      List<String> missing = new ArrayList<>();
      List<String> hidden = new ArrayList<>();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
        try {
          answer.getValue().get(2 * ANSWERS_WITHIN_S, TimeUnit.SECONDS);
        } catch (ExecutionException no) {
          if (no.getCause() instanceof UnknownTopicOrPartitionException) {
            missing.add(answer.getKey());
          } else if (no.getCause() instanceof TopicAuthorizationException) {
            hidden.add(answer.getKey());
          } else {
            throw silentOrRefused(no);
          }
        }
      }
      if (!hidden.isEmpty()) {
        throw refused(
            RefusedException.in(new TopicAuthorizationException(new HashSet<>(hidden)), cluster)
                .orElseThrow());
      }
      if (!missing.isEmpty()) {
        throw new Unfit(
            Unfit.Kind.UNPREPARED,
            "%s has no topic %s; %s"
                .formatted(cluster.bootstrapServers(), String.join(", ", missing), MAKE_THEM),
            null);
      }
    } catch (TimeoutException | KafkaException away) {
      throw silentOrRefused(away);
    }
  }

  /** The same in the usual sizes; see {@link #prepare(short, TopicSizes)}. */
  public List<String> prepare(short replicationFactor) throws Unfit, InterruptedException {
    return prepare(replicationFactor, TopicSizes.USUAL);
  }

  /**
   * Registers schemas and makes the topics that are missing; a second time changes nothing.
   *
   * @param replicationFactor copies of each record; -1 for what the broker gives topics of itself
   * @param sizes of topics that are made
   * @return names of the topics that were made
   * @throws Unfit if one of them does not answer, or refuses
   */
  public List<String> prepare(short replicationFactor, TopicSizes sizes)
      throws Unfit, InterruptedException {
    answers();
    try {
      new SchemaRegistration(cluster).registerAll();
      return new TopicCreation(cluster, replicationFactor, sizes).createMissing();
    } catch (RegistryUnavailableException away) {
      throw registryAway(away);
    } catch (RefusedException refusal) {
      throw refused(refusal);
    } catch (KafkaException failed) {
      throw new Unfit(Unfit.Kind.UNPREPARED, failed.getMessage(), failed);
    }
  }

  /**
   * Whether a group has read anything here before.
   *
   * @throws Unfit if the broker does not answer
   */
  public boolean knows(String group) throws Unfit, InterruptedException {
    try (Admin admin = admin()) {
      return !admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(2 * ANSWERS_WITHIN_S, TimeUnit.SECONDS)
          .isEmpty();
    } catch (ExecutionException | TimeoutException | KafkaException away) {
      throw silentOrRefused(away);
    }
  }

  private Unfit registryAway(RegistryUnavailableException away) {
    Optional<String> told = RegistryTrouble.of(away);
    if (told.isPresent()) {
      return new Unfit(
          Unfit.Kind.REFUSED,
          "the schema registry at %s: %s".formatted(cluster.registryUrl(), told.get()),
          away);
    }
    return new Unfit(
        Unfit.Kind.SILENT,
        "the schema registry at %s cannot be used: %s; is it running, and is cluster.registry the"
                .formatted(cluster.registryUrl(), away.getMessage())
            + " base URL of its Confluent API?",
        away);
  }

  private void checkTls() throws Unfit {
    Optional<String> trouble = TlsListener.trouble(cluster);
    if (trouble.isPresent()) {
      throw new Unfit(Unfit.Kind.REFUSED, trouble.get(), null);
    }
  }

  private void answers() throws Unfit, InterruptedException {
    checkTls();
    try (Admin admin = admin()) {
      admin.listTopics().names().get(2 * ANSWERS_WITHIN_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException away) {
      throw silentOrRefused(away);
    }
  }

  private Admin admin() {
    Map<String, Object> settings = cluster.clientSettings();
    settings.put("default.api.timeout.ms", (int) TimeUnit.SECONDS.toMillis(ANSWERS_WITHIN_S));
    settings.put("request.timeout.ms", 5_000);
    return Admin.create(settings);
  }

  private Unfit silentOrRefused(Exception away) {
    Optional<RefusedException> refusal = RefusedException.in(away, cluster);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    return new Unfit(
        Unfit.Kind.SILENT,
        "no Kafka broker answers at %s within %d s; is it running, and is cluster.bootstrap-servers right%s?"
            .formatted(
                cluster.bootstrapServers(),
                ANSWERS_WITHIN_S,
                cluster.security() == null ? "" : ", a listener with TLS"),
        away);
  }

  private static Unfit refused(RefusedException refusal) {
    return new Unfit(Unfit.Kind.REFUSED, refusal.getMessage(), refusal);
  }
}
