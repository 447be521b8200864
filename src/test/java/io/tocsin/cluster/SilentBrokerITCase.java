package io.tocsin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.exchange.ProducerSettings;
import io.tocsin.schemas.exchange.SilentBroker;
import io.tocsin.schemas.topic.Cluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of real brokers, the one of which that they know stands still. */
class SilentBrokerITCase {

  private static final String TOPIC = "tocsin.alerts";

  /** Several times as long as it takes; clients that never ask who leads instead take longer. */
  private static final long LONG_S = 20;

  private static final int CLIENTS = 5;

  @TempDir Path directory;

  @Test
  void whatIsSentToTheOneThatStandsStillIsTakenByWhoLeadsInstead() throws Exception {
    try (Hosts hosts = Hosts.create();
        Brokers brokers = new Brokers(hosts, directory.resolve("kafka"), 1)) {
      brokers.start();
      brokers.awaitRunning();
      Part leader = brokers.brokers().get(topicOf(brokers.address()) - 1);
      List<KafkaProducer<byte[], byte[]>> clients = new ArrayList<>();
      try {
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(client(brokers.address(), SilentBroker.ofAgent()));
          clients.add(client(brokers.address(), SilentBroker.ofWriter()));
        }
        for (Future<RecordMetadata> first : sent(clients)) {
          first.get(LONG_S, TimeUnit.SECONDS);
        }
        leader.pause();
        List<Future<RecordMetadata>> meanwhile = sent(clients);
        await("all are acknowledged while it stands still")
            .atMost(Duration.ofSeconds(LONG_S))
            .until(() -> meanwhile.stream().allMatch(Future::isDone));
        for (Future<RecordMetadata> each : meanwhile) {
          assertThat(each.get().offset()).isNotNegative();
        }
      } finally {
        leader.resume();
        clients.forEach(each -> each.close(Duration.ZERO));
      }
    }
  }

  /** Makes a topic of one partition; the id of the broker that leads it. */
  private static int topicOf(String address) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", address))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 3))).all().get();
      return admin
          .describeTopics(List.of(TOPIC))
          .allTopicNames()
          .get()
          .get(TOPIC)
          .partitions()
          .get(0)
          .leader()
          .id();
    }
  }

  private static KafkaProducer<byte[], byte[]> client(
      String address, Map<String, Object> patience) {
    Map<String, Object> settings =
        new HashMap<>(ProducerSettings.of(new Cluster(address, "http://127.0.0.1:1"), "seldom"));
    settings.putAll(patience);
    settings.put("max.block.ms", 20_000);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static List<Future<RecordMetadata>> sent(List<KafkaProducer<byte[], byte[]>> clients) {
    byte[] value = "down".getBytes(StandardCharsets.UTF_8);
    return clients.stream().map(each -> each.send(new ProducerRecord<>(TOPIC, value))).toList();
  }
}
