package io.tocsin.alerting.healing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaFeedTest {

  private static Alert alert(String resource, String faultyEnd) {
    return Alert.newBuilder()
        .setId("a")
        .setRule("slow-path")
        .setRuleVersion("1")
        .setSignal("latency")
        .setResourceId(resource)
        .setFaultyEnd(faultyEnd)
        .setState(AlertState.FIRING)
        .setSince(HealExamples.NOON)
        .setAt(HealExamples.NOON)
        .setSummary("")
        .build();
  }

  @Test
  void onlyCommandsForTheResponderAreTakenIn() {
    assertThat(
            Arrays.stream(CommandKind.values())
                .filter(
                    kind ->
                        KafkaFeed.isForUs(
                            Command.newBuilder()
                                .setId("c")
                                .setKind(kind)
                                .setBy("kim")
                                .setAt(HealExamples.NOON)
                                .build())))
        .containsExactly(
            CommandKind.HEAL_PAUSE,
            CommandKind.HEAL_RESUME,
            CommandKind.HEAL_APPROVE,
            CommandKind.HEAL_REJECT,
            CommandKind.HEAL_PROMOTE,
            CommandKind.DEPLOYED);
  }

  @Test
  void anAlertOfATargetOrWithATargetAtItsFaultyEndMatters() {
    Set<String> targets = Set.of("container/web");
    assertThat(KafkaFeed.concerns(targets, alert("container/web", null))).isTrue();
    assertThat(KafkaFeed.concerns(targets, alert("service/shop", "container/web"))).isTrue();
    assertThat(KafkaFeed.concerns(targets, alert("service/shop", "container/db"))).isFalse();
  }

  @Test
  void whatAGroupHasDealtWithIsToldFromWhatItHasNot() {
    CommittedOffsets committed =
        new CommittedOffsets(Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(5)));
    assertThat(committed.isBefore(new ConsumerRecord<>("t", 0, 4, null, null))).isTrue();
    assertThat(committed.isBefore(new ConsumerRecord<>("t", 0, 5, null, null))).isFalse();
    assertThat(committed.isBefore(new ConsumerRecord<>("t", 1, 0, null, null))).isFalse();
    assertThat(committed.isBefore(new ConsumerRecord<>("u", 0, 0, null, null))).isFalse();
  }
}
