package io.tocsin.cli;

import io.tocsin.pipeline.TopicAudit;
import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.topic.Cluster;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;

/** The audit as it stands on its topic. */
final class AuditTopic {

  @Mixin private ConfigOption config;

  /**
   * Hands out what was written since a time, oldest first.
   *
   * @param since null for all that is retained
   * @return records that were no entries
   * @throws CommandFailure if it cannot be read
   */
  long read(Instant since, Consumer<AuditEntry> reader) throws CommandFailure {
    Cluster cluster = ClusterAddress.of(config.load());
    ClusterAddress.reach(cluster);
    try {
      return new TopicAudit(cluster).read(since, reader);
    } catch (KafkaException away) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "the audit at " + cluster.bootstrapServers() + " cannot be read: " + away.getMessage(),
          away);
    }
  }

  /** An entry for scripts, under the names of its schema. */
  static Map<String, Object> json(AuditEntry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sequence", entry.getSequence());
    fields.put("at", entry.getAt());
    fields.put("kind", entry.getKind().name());
    fields.put("actor", entry.getActor());
    fields.put("planId", entry.getPlanId());
    fields.put("incidentId", entry.getIncidentId());
    fields.put("action", entry.getAction());
    fields.put("targetId", entry.getTargetId());
    fields.put("outcome", entry.getOutcome());
    fields.put("reason", entry.getReason());
    fields.put("guards", entry.getGuards());
    fields.put("before", entry.getBefore());
    fields.put("after", entry.getAfter());
    fields.put("previousHash", entry.getPreviousHash());
    fields.put("hash", entry.getHash());
    return fields;
  }
}
