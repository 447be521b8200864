package io.tocsin.schemas.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.topic.Cluster;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class SilentBrokerTest {

  /** A gap of five seconds is promised; see the page of the cluster. */
  private static final int GAP_MS = 5_000;

  private static final List<Map<String, Object>> ALL =
      List.of(
          SilentBroker.ofAgent(),
          SilentBroker.ofReader(),
          SilentBroker.ofWriter(),
          SilentBroker.ofTransactions());

  @Test
  void nobodyIsWaitedForForAsLongAsAGapMayBe() {
    for (Map<String, Object> settings : ALL) {
      assertThat(ms(settings, "request.timeout.ms")).isLessThan(GAP_MS);
      assertThat(ms(settings, "socket.connection.setup.timeout.max.ms")).isLessThan(GAP_MS);
    }
  }

  /** Else the second would only begin to wait when the first has ended. */
  @Test
  void whoWritesSeldomKnowsTheNewLeaderBeforeAnAgentGivesTheOldOneUp() {
    int broker = 2_500; // broker.session.timeout.ms, as the page says
    assertThat(broker + ms(SilentBroker.ofWriter(), "metadata.max.age.ms"))
        .isLessThan(ms(SilentBroker.ofAgent(), "request.timeout.ms"));
  }

  /** While a client connects it asks nobody else who leads. */
  @Test
  void whoLeadsIsAskedBeforeTheSilentBrokerIsTriedAgain() {
    for (Map<String, Object> settings : ALL) {
      int ask = (int) settings.getOrDefault("retry.backoff.ms", 100);
      // Twice as long each time, for three times; Kafka makes each a fifth longer or shorter.
      assertThat(0.8 * ms(settings, "reconnect.backoff.ms")).isGreaterThan(1.2 * 4 * ask);
    }
  }

  @Test
  void kafkaKnowsAllOfThem() {
    assertThat(ProducerConfig.configNames()).containsAll(SilentBroker.ofWriter().keySet());
    assertThat(ConsumerConfig.configNames()).containsAll(SilentBroker.ofWriter().keySet());
  }

  @Test
  void producersGiveARecordUpLongAfterABroker() {
    Map<String, Object> settings =
        ProducerSettings.of(new Cluster("127.0.0.1:1", "http://127.0.0.1:1"), "test");
    assertThat(settings).containsAllEntriesOf(SilentBroker.ofAgent());
    assertThat(ms(settings, "delivery.timeout.ms"))
        .isGreaterThan(10 * ms(settings, "request.timeout.ms"));
  }

  private static int ms(Map<String, Object> settings, String key) {
    return (int) settings.get(key);
  }
}
