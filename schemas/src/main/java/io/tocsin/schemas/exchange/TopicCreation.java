package io.tocsin.schemas.exchange;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.InternalTopic;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes the topics that are not there yet, and waits until each of their partitions is served.
 * Running it again changes nothing.
 *
 * <p>A broker names a new partition's leader before that leader serves it. Of two requests that a
 * producer sends in that moment, the first can be refused and the second taken; the first is out of
 * order then, however often it is sent again, and fails at the end of the delivery timeout
 * (KAFKA-15591, in brokers before 4.5). So nobody is told of a topic that does not take records.
 */
public final class TopicCreation {

  private static final long TIMEOUT_SECONDS = 30;
  private static final short ENOUGH_TO_LOSE_ONE = 3;

  private final Cluster cluster;
  private final short replicationFactor;
  private final TopicSizes sizes;

  /**
   * Creates on a cluster.
   *
   * @param replicationFactor copies of each record; 1 only where there is one broker
   */
  public TopicCreation(Cluster cluster, short replicationFactor) {
    this(cluster, replicationFactor, TopicSizes.USUAL);
  }

  /** The same, in other sizes. */
  public TopicCreation(Cluster cluster, short replicationFactor, TopicSizes sizes) {
    this.cluster = cluster;
    this.replicationFactor = replicationFactor;
    this.sizes = sizes;
  }

  /**
   * Creates what is missing.
   *
   * @return names of the topics that were made
   * @throws KafkaException if the broker does not answer or refuses
   */
  public List<String> createMissing() throws InterruptedException {
    try (Admin admin = Admin.create(cluster.clientSettings())) {
      Set<String> there = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing =
          Stream.concat(
                  Topics.all().stream().map(this::describe),
                  Topics.internal().stream().map(this::describe))
              .filter(topic -> !there.contains(topic.name()))
              .toList();
      admin.createTopics(missing).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      awaitServed(admin, missing);
      return missing.stream().map(NewTopic::name).toList();
    } catch (ExecutionException | TimeoutException refused) {
      throw RefusedException.told(
          new KafkaException(
              "topics could not be created at " + cluster.bootstrapServers() + ": " + refused,
              refused),
          cluster);
    }
  }

  /** Only a leader that serves a partition says where it begins; until then the client asks on. */
  private static void awaitServed(Admin admin, List<NewTopic> made)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (NewTopic topic : made) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.earliest());
      }
    }
    admin.listOffsets(partitions).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private NewTopic describe(Topic<?> topic) {
    return describe(topic.name(), topic.partitions(), topic.settings());
  }

  private NewTopic describe(InternalTopic topic) {
    return describe(topic.name(), topic.partitions(), topic.settings());
  }

  private NewTopic describe(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, sizes.partitions(partitions), replicationFactor)
        .configs(withCopies(sizes.settings(partitions, settings)));
  }

  /**
   * Of three copies or more an acknowledged record has two at least, whatever the brokers' own
   * default is; with one of three brokers gone, writing goes on.
   */
  private Map<String, String> withCopies(Map<String, String> settings) {
    if (replicationFactor < ENOUGH_TO_LOSE_ONE) {
      return settings;
    }
    Map<String, String> both = new HashMap<>(settings);
    both.put("min.insync.replicas", "2");
    return both;
  }
}
