package io.tocsin.history;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How far stages have read the topics of a backup: what they have dealt with is not to be again.
 */
final class GroupPlaces {

  private static final long WITHIN_S = 30;

  private final Cluster cluster;

  GroupPlaces(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * The offset of the next record, by group and topic; what a group does not read is left out.
   *
   * @throws KafkaException if the broker does not answer
   */
  Map<String, Map<String, Long>> read() {
    Map<String, Map<String, Long>> all = new TreeMap<>();
    try (Admin admin = admin()) {
      for (String group : StateTopics.GROUPS) {
        Map<String, Long> places = new TreeMap<>();
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(WITHIN_S, TimeUnit.SECONDS)
            .forEach(
                (partition, place) -> {
                  if (place != null && isOfState(partition)) {
                    places.put(partition.topic(), place.offset());
                  }
                });
        all.put(group, places);
      }
      return all;
    } catch (ExecutionException | TimeoutException away) {
      throw new KafkaException("the broker does not say how far the stages have read", away);
    } catch (InterruptedException stop) {
      throw new org.apache.kafka.common.errors.InterruptException(stop);
    }
  }

  /** State is in topics of one partition, so that one number says how far. */
  private static boolean isOfState(TopicPartition partition) {
    return partition.partition() == 0
        && StateTopics.ALL.stream().map(Topic::name).anyMatch(partition.topic()::equals);
  }

  /**
   * Sets them.
   *
   * @throws KafkaException if the broker does not answer, or a stage is at work
   */
  void write(Map<String, Map<String, Long>> places) {
    try (Admin admin = admin()) {
      for (Map.Entry<String, Map<String, Long>> group : places.entrySet()) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        group
            .getValue()
            .forEach(
                (topic, next) ->
                    offsets.put(new TopicPartition(topic, 0), new OffsetAndMetadata(next)));
        if (!offsets.isEmpty()) {
          admin
              .alterConsumerGroupOffsets(group.getKey(), offsets)
              .all()
              .get(WITHIN_S, TimeUnit.SECONDS);
        }
      }
    } catch (ExecutionException | TimeoutException refused) {
      throw new KafkaException(
          "the broker does not take where the stages go on; is one of them at work already?",
          refused);
    } catch (InterruptedException stop) {
      throw new org.apache.kafka.common.errors.InterruptException(stop);
    }
  }

  private Admin admin() {
    return Admin.create(cluster.clientSettings());
  }
}
