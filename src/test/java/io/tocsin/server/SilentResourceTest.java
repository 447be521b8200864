package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.fleet.FleetBoard;
import io.tocsin.server.fleet.ResourceView;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What is said of a resource that says nothing any more. */
class SilentResourceTest {

  private Instant now = Examples.NOON;
  private final Views views = new Views();
  private final FleetBoard board =
      new FleetBoard(
          views.fleet(),
          views.windows(),
          views.bottlenecks(),
          views.incidents(),
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });

  @Test
  void isUnknownAfterThreeOfItsIntervalsAndSaysSinceWhen() {
    take(Topics.RESOURCES, endpoint(1_000));
    assertThat(shop().state()).isEqualTo("UNKNOWN");
    assertThat(shop().lastSeenAt()).isNull();

    take(Topics.PROBES, Examples.probe(Health.UP, Examples.NOON));
    now = Examples.NOON.plusSeconds(4);
    assertThat(shop().state()).isEqualTo("OK");

    now = Examples.NOON.plusSeconds(6);
    assertThat(shop().state()).isEqualTo("UNKNOWN");
    assertThat(shop().lastSeenAt()).isEqualTo(Examples.NOON);
  }

  @Test
  void isWellWhereNothingIsExpectedOfIt() {
    take(Topics.RESOURCES, endpoint(0));

    assertThat(shop().state()).isEqualTo("OK");
  }

  @Test
  void isLookedAtFourTimesASecondAtMost() {
    take(Topics.RESOURCES, endpoint(0));
    assertThat(shop().state()).isEqualTo("OK");
    take(Topics.PROBES, Examples.probe(Health.DOWN, Examples.NOON));

    now = now.plus(FleetBoard.FRESH_FOR.minusMillis(1));
    assertThat(shop().state()).isEqualTo("OK");
    now = now.plus(Duration.ofMillis(1));
    assertThat(shop().state()).isEqualTo("DOWN");
  }

  private ResourceView shop() {
    return board.all().get(0);
  }

  private static Resource endpoint(long intervalMs) {
    return Resource.newBuilder()
        .setId("endpoint/shop")
        .setKind(ResourceKind.ENDPOINT)
        .setName("shop")
        .setIntervalMs(intervalMs)
        .setUpdatedAt(Examples.NOON)
        .build();
  }

  private <V extends SpecificRecord> void take(Topic<V> topic, V value) {
    byte[] key = topic.keyOf(value).getBytes(StandardCharsets.UTF_8);
    views.apply(new Received<>(topic, value, new ConsumerRecord<>(topic.name(), 0, 0, key, null)));
  }
}
