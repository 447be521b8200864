package io.tocsin.alerting.healing;

import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.topic.Cluster;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a group of readers has come, so that what it has dealt with can be told from what it has
 * not.
 */
record CommittedOffsets(Map<TopicPartition, OffsetAndMetadata> offsets) {

  private static final long WITHIN_S = 20;

  /**
   * Asks the broker.
   *
   * @throws KafkaException if it does not answer
   */
  static CommittedOffsets of(Cluster cluster, String group) {
    try (Admin admin = Admin.create(cluster.clientSettings())) {
      return new CommittedOffsets(
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(WITHIN_S, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException away) {
      throw RefusedException.told(
          new KafkaException("the broker does not say how far group " + group + " is", away),
          cluster);
    } catch (InterruptedException stop) {
      throw new org.apache.kafka.common.errors.InterruptException(stop);
    }
  }

  /** Whether the group has dealt with a record. */
  boolean isBefore(ConsumerRecord<?, ?> record) {
    OffsetAndMetadata next = offsets.get(new TopicPartition(record.topic(), record.partition()));
    return next != null && record.offset() < next.offset();
  }
}
