package io.tocsin.pipeline;

import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.exchange.TopicHistory;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** The audit as it stands on its topic. */
public final class TopicAudit {

  private final Cluster cluster;

  /** Of a cluster. */
  public TopicAudit(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Hands out what was written since a time, oldest first.
   *
   * @param since null for all that is retained
   * @return records that were no entries
   * @throws org.apache.kafka.common.KafkaException if it cannot be read
   */
  public long read(Instant since, Consumer<AuditEntry> reader) {
    try (TopicHistory history = new TopicHistory(cluster, Set.of(Topics.AUDIT))) {
      history.read(
          since, PastIncidents.FAR, received -> received.as(Topics.AUDIT).ifPresent(reader));
      return history.unreadable();
    }
  }
}
