package io.tocsin.streams.topology;

import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;

import io.tocsin.schemas.exchange.SilentBroker;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams' settings, each set on purpose. */
final class StreamsConfiguration {

  private StreamsConfiguration() {}

  static Map<String, Object> of(
      Cluster cluster, StreamsSettings settings, Path stateDir, HandlerContext handlers) {
    Map<String, Object> config = cluster.clientSettings();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    config.put(StreamsConfig.CLIENT_ID_CONFIG, settings.instanceId());
    config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
    config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
    if (settings.replicationFactor() >= 3) {
      // As for all other topics: what is acknowledged outlives a broker.
      config.put(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), 2);
    }

    // A task moves to an instance that lacks at most so many changes of its state, which it has
    // read
    // in a second or two; until then the old one goes on and the new one reads along.
    config.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, 10_000L);
    // How soon it is noticed that the new one has caught up; the least that Streams allows. The
    // default, 10 min, would leave a new instance idle for as long.
    config.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L);
    // So many tasks read along at once: those of a whole input topic, so that one probe moves them.
    config.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, Topics.SAMPLES.partitions());
    if (settings.server() != null) {
      config.put(StreamsConfig.APPLICATION_SERVER_CONFIG, settings.server());
    }

    // Only so is a sample in exactly one window of each size after a crash.
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // Readers see a transaction when it ends: this is what a bottleneck waits for at most.
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    // A resource reports once a second, commits are ten times as frequent: a cache would save no
    // write.
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    // Every store and node has a name, so that a change of the topology moves no state; nothing is
    // left to optimize by merging or reusing topics.
    config.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
    config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // How long a task may wait for a broker that is away before its thread is replaced.
    config.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, 300_000);
    config.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    config.put(StreamsConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);

    config.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
    config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
    config.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnsentHandler.class);
    // What goes wrong with the inventory is handled in its processor; without it Streams warns at
    // each start. Kafka's constant for it is deprecated already.
    config.put("processing.exception.handler.global.enabled", true);
    config.put(HandlerContext.SETTING, handlers);

    consumer(config, settings);
    cutOff(config);
    producer(config);
    return config;
  }

  private static void consumer(Map<String, Object> config, StreamsSettings settings) {
    // A member that comes back under its name, even after kill -9, gets its tasks back at once; the
    // classic protocol is the one that has static members in 4.3.
    config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    config.put(mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), settings.instanceId());
    // How soon the others take over from one that does not come back; the default is 45 s.
    config.put(consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
    config.put(consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);
  }

  /**
   * More patient than other stages: no page waits for a window, and a broker under the load that
   * streams make is slow long before it is gone.
   */
  private static void cutOff(Map<String, Object> config) {
    Map<String, Object> silent = new HashMap<>(SilentBroker.ofReader());
    silent.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    silent.forEach(
        (key, value) -> {
          config.put(consumerPrefix(key), value);
          config.put(producerPrefix(key), value);
        });
  }

  private static void producer(Map<String, Object> config) {
    // A dead instance's open transaction hides what is written after it for as long.
    config.put(producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
    config.put(producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), 120_000);
    // No collector's clock hangs on this thread, as it does on the agents' producers (1 s there).
    config.put(producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), 10_000);
    // Streams' default, 100 ms, would be on top of the commit interval where commits are longer.
    config.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    config.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    // The first batches of a transaction are refused while the markers of the one before are being
    // written, which takes milliseconds; the defaults, 100 ms and twice as long each time, make
    // window updates wait for most of a second.
    config.put(producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 5);
    config.put(producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), 200);
    // A batch of the default 16 KB holds thirty windows; compressing each costs more than they do.
    config.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
    config.put(producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 32L << 20);
  }
}
