package io.tocsin.server.pipeline;

import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Lag of the groups whose names begin with {@code tocsin}: the end of each partition that a reader
 * of committed records can see, less what the group has committed. Asked of the broker at most
 * every 5 s, however many ask.
 */
public final class KafkaLag implements LagSource, AutoCloseable {

  private static final String OURS = "tocsin";
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int PATIENCE_MS = 4_000;

  private final Cluster cluster;
  private final Admin admin;
  private final Clock clock;
  private List<PipelineView.Lag> known = List.of();
  private LagUnknownException trouble;
  private Instant askedAt = Instant.MIN;

  /** Of a cluster. */
  public KafkaLag(Cluster cluster, Clock clock) {
    Map<String, Object> settings = cluster.clientSettings();
    settings.put("client.id", "tocsin-api-lag");
    settings.put("request.timeout.ms", PATIENCE_MS);
    settings.put("default.api.timeout.ms", PATIENCE_MS);
    this.cluster = cluster;
    this.admin = Admin.create(settings);
    this.clock = clock;
  }

  @Override
  public synchronized List<PipelineView.Lag> lag() throws LagUnknownException {
    Instant now = clock.instant();
    if (askedAt.isBefore(now.minus(FRESH))) {
      askedAt = now;
      trouble = null;
      try {
        known = ask();
      } catch (LagUnknownException unknown) {
        trouble = unknown; // the next one need not wait for the same silence
      }
    }
    if (trouble != null) {
      throw trouble;
    }
    return known;
  }

  private List<PipelineView.Lag> ask() throws LagUnknownException {
    try {
      Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed();
      Set<TopicPartition> partitions =
          committed.values().stream()
              .flatMap(offsets -> offsets.keySet().stream())
              .collect(Collectors.toSet());
      Map<TopicPartition, ListOffsetsResultInfo> ends =
          admin
              .listOffsets(
                  partitions.stream()
                      .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())),
                  new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
              .all()
              .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
      List<PipelineView.Lag> lags = new ArrayList<>();
      committed.forEach((group, offsets) -> lags.addAll(lags(group, offsets, ends)));
      return List.copyOf(lags);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new LagUnknownException("the server is stopping", stopping);
    } catch (ExecutionException | TimeoutException away) {
      throw new LagUnknownException(
          RefusedException.in(away, cluster)
              .map(Throwable::getMessage)
              .orElse("the broker does not answer"),
          away);
    }
  }

  private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed()
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, ListConsumerGroupOffsetsSpec> ours = new HashMap<>();
    for (GroupListing group : admin.listGroups().valid().get(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
      if (group.groupId().startsWith(OURS)) {
        ours.put(group.groupId(), new ListConsumerGroupOffsetsSpec());
      }
    }
    return ours.isEmpty()
        ? Map.of()
        : new TreeMap<>(
            admin.listConsumerGroupOffsets(ours).all().get(PATIENCE_MS, TimeUnit.MILLISECONDS));
  }

  private static List<PipelineView.Lag> lags(
      String group,
      Map<TopicPartition, OffsetAndMetadata> committed,
      Map<TopicPartition, ListOffsetsResultInfo> ends) {
    Map<String, Long> byTopic = new TreeMap<>();
    committed.forEach(
        (partition, offset) -> {
          ListOffsetsResultInfo end = ends.get(partition);
          if (offset != null && end != null) {
            byTopic.merge(
                partition.topic(), Math.max(0, end.offset() - offset.offset()), Long::sum);
          }
        });
    return byTopic.entrySet().stream()
        .map(entry -> new PipelineView.Lag(group, entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(2));
  }
}
