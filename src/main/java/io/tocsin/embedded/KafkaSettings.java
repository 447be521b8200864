package io.tocsin.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The broker's settings, each for a reason. Reference: <a
 * href="https://kafka.apache.org/documentation/#brokerconfigs">Kafka broker configuration</a>.
 *
 * <p>Power loss: as everywhere in Kafka, a write is acknowledged when it is in the page cache, not
 * when it is on the disk. A killed process loses nothing; a power cut may lose the last seconds,
 * because there is no second broker to have them. {@code log.flush.interval.messages=1} would close
 * that gap at a hundredth of the throughput; production closes it with three brokers.
 */
final class KafkaSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";

  private KafkaSettings() {}

  static Map<String, String> of(Path directory, Ports ports) {
    String broker = "PLAINTEXT://" + Ports.LOOPBACK + ":" + ports.kafka();
    String controller = Ports.LOOPBACK + ":" + ports.kafkaController();
    Map<String, String> s = new HashMap<>();
    put(s, "process.roles", "broker,controller");
    put(s, "node.id", NODE_ID);
    put(s, "controller.quorum.voters", NODE_ID + "@" + controller);
    put(s, "controller.listener.names", CONTROLLER);
    put(s, "listeners", broker + "," + CONTROLLER + "://" + controller);
    put(s, "advertised.listeners", broker);
    put(s, "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    put(s, "log.dirs", directory.toString());

    // Topics are made by an explicit step with their partitions and retention, never by a typo.
    put(s, "auto.create.topics.enable", false);

    // One broker can keep one copy; the defaults of 3 would make these topics impossible.
    put(s, "default.replication.factor", 1);
    put(s, "min.insync.replicas", 1);
    put(s, "offsets.topic.replication.factor", 1);
    put(s, "transaction.state.log.replication.factor", 1);
    put(s, "transaction.state.log.min.isr", 1);
    put(s, "share.coordinator.state.topic.replication.factor", 1);
    put(s, "share.coordinator.state.topic.min.isr", 1);

    // Partitions cost files, memory and start time; a handful of groups does not need 50 each.
    put(s, "offsets.topic.num.partitions", 4);
    put(s, "transaction.state.log.num.partitions", 4);
    put(s, "share.coordinator.state.topic.num.partitions", 1);

    // After a week without anybody a group would begin anew, and tell the audit of a year once
    // more.
    put(s, "offsets.retention.minutes", 365 * 24 * 60);

    // A group's only member need not wait 3 s for others to join.
    put(s, "group.initial.rebalance.delay.ms", 0);

    // After a kill the controller takes the returning broker for a second one until the old session
    // is over; with the default of 9 s that would be most of the start.
    put(s, "broker.heartbeat.interval.ms", 500);
    put(s, "broker.session.timeout.ms", 3_000);

    // A killed producer's open transaction holds back readers until it is aborted: look each
    // second.
    put(s, "transaction.abort.timed.out.transaction.cleanup.interval.ms", 1_000);

    // The default cleaner buffer is 128 MiB of heap; 4 MiB still hold 150,000 keys a pass.
    put(s, "log.cleaner.dedupe.buffer.size", 4L << 20);
    put(s, "log.cleaner.threads", 1);
    // Compacting as fast as it goes takes a core for a second, and alerts wait for that.
    put(s, "log.cleaner.io.max.bytes.per.second", 16L << 20);
    put(s, "log.segment.bytes", 64 << 20);
    put(s, "log.index.size.max.bytes", 1 << 20);

    put(s, "num.network.threads", 1);
    put(s, "num.io.threads", 2);
    put(s, "background.threads", 2);
    put(s, "group.coordinator.threads", 1);
    put(s, "share.coordinator.threads", 1);
    put(s, "num.recovery.threads.per.data.dir", 2);
    return s;
  }

  /** As text, which Kafka parses to whatever type the setting has. */
  private static void put(Map<String, String> settings, String key, Object value) {
    settings.put(key, String.valueOf(value));
  }
}
