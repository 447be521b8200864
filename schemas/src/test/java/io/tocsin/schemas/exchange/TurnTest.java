package io.tocsin.schemas.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TurnTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TopicPartition FIRST = new TopicPartition(Topics.HEAL_PLANS.name(), 0);

  private final MockConsumer<byte[], byte[]> group = new MockConsumer<>("latest");

  @Test
  void itIsOursFromTheTimeTheFirstPartitionIsUntilItIsNot() throws Exception {
    group.updateEndOffsets(Map.of(FIRST, 7L));
    try (Turn turn = new Turn(group, Topics.HEAL_PLANS)) {
      assertThat(turn.isOurs()).isFalse();
      assertThat(turn.await(Duration.ofMillis(1))).isFalse();
      group.schedulePollTask(() -> group.rebalance(List.of(FIRST)));
      assertThat(turn.await(PATIENCE)).isTrue();
      assertThat(group.paused()).containsExactly(FIRST);
      group.schedulePollTask(() -> group.rebalance(List.of()));
      await().atMost(PATIENCE).until(() -> !turn.isOurs());
    }
    // The close waits for its thread for a moment only.
    await().atMost(PATIENCE).until(group::closed);
  }

  @Test
  void aBrokerThatFailsIsAskedAgain() throws Exception {
    group.updateEndOffsets(Map.of(FIRST, 7L));
    try (Turn turn = new Turn(group, Topics.HEAL_PLANS)) {
      group.setPollException(new KafkaException("out of order"));
      group.schedulePollTask(() -> {});
      group.schedulePollTask(() -> group.rebalance(List.of(FIRST)));
      assertThat(turn.await(PATIENCE)).isTrue();
    }
  }
}
