package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Policy;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.fleet.FleetBoard;
import io.tocsin.server.fleet.ResourceView;
import io.tocsin.server.incident.IncidentView;
import io.tocsin.server.security.PolicyView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ViewsTest {

  private final Views views = new Views();
  private final FleetBoard board =
      new FleetBoard(
          views.fleet(),
          views.windows(),
          views.bottlenecks(),
          views.incidents(),
          new TickingClock(Examples.NOON));

  @Test
  void listsTheMostUrgentFirstAndHidesWhatIsResolved() {
    take(Topics.INCIDENTS, incident("slow", Priority.P3, IncidentState.OPEN, 1));
    take(Topics.INCIDENTS, incident("down", Priority.P0, IncidentState.OPEN, 1));
    take(Topics.INCIDENTS, incident("over", Priority.P0, IncidentState.RESOLVED, 2));

    assertThat(views.incidents().open())
        .extracting(IncidentView::id)
        .containsExactly("down", "slow");
    assertThat(views.incidents().all())
        .extracting(IncidentView::id)
        .containsExactly("down", "slow", "over");
  }

  @Test
  void keepsTheHighestVersionWhateverComesAgain() {
    List<Integer> told = new ArrayList<>();
    views.onChange(
        received -> received.as(Topics.INCIDENTS).ifPresent(each -> told.add(each.getVersion())));

    take(Topics.INCIDENTS, incident("down", Priority.P0, IncidentState.OPEN, 1));
    take(Topics.INCIDENTS, incident("down", Priority.P0, IncidentState.RESOLVED, 2));
    take(Topics.INCIDENTS, incident("down", Priority.P0, IncidentState.OPEN, 1));

    assertThat(views.incidents().open()).isEmpty();
    assertThat(told).containsExactly(1, 2);
  }

  @Test
  void forgetsTheOldestResolvedIncidentsAndNeverAnOpenOne() {
    take(Topics.INCIDENTS, incident("open", Priority.P3, IncidentState.OPEN, 1));
    for (int i = 0; i < 1_000 + 10; i++) {
      take(Topics.INCIDENTS, incident("r" + i, Priority.P3, IncidentState.RESOLVED, 1));
    }

    assertThat(views.incidents().all()).hasSize(1_000 + 1);
    assertThat(views.incidents().one("open")).isPresent();
  }

  @Test
  void showsAResourceWithItsNewestProbeAndRemovesADeletedOne() {
    take(Topics.RESOURCES, resource("endpoint/shop"));
    take(Topics.PROBES, Examples.probe(Health.DOWN, Examples.NOON));

    assertThat(board.all())
        .singleElement()
        .satisfies(view -> assertThat(view.health()).isEqualTo("DOWN"));

    take(Topics.RESOURCES, "endpoint/shop", null);
    assertThat(board.all()).isEmpty();
  }

  @Test
  void listsPoliciesInTheOrderInWhichTheyAreAskedAndRemovesADeletedOne() {
    take(Topics.POLICIES, policy("z", 1));
    take(Topics.POLICIES, policy("b", 2));
    take(Topics.POLICIES, policy("a", 2));

    assertThat(views.policies().all()).extracting(PolicyView::id).containsExactly("z", "a", "b");

    take(Topics.POLICIES, "a", null);
    assertThat(views.policies().all()).extracting(PolicyView::id).containsExactly("z", "b");
  }

  private static Policy policy(String id, int order) {
    return Policy.newBuilder().setId(id).setVersion(1).setOrder(order).setRules(List.of()).build();
  }

  @Test
  void saysUnknownOfAResourceThatNothingProbes() {
    take(Topics.RESOURCES, resource("host/web-1"));

    assertThat(board.all()).extracting(ResourceView::health).containsExactly("UNKNOWN");
  }

  @Test
  void saysOfAServiceWhatItsEndpointsSay() {
    Resource service = resource("service/shop");
    service.setKind(ResourceKind.SERVICE);
    service.setName("shop");
    take(Topics.RESOURCES, service);
    take(Topics.PROBES, Examples.probe(Health.DOWN, Examples.NOON));

    assertThat(board.all())
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.health()).isEqualTo("DOWN");
              assertThat(view.evidence()).isEqualTo("0 of 1 endpoints up");
            });
  }

  private <V extends SpecificRecord> void take(Topic<V> topic, V value) {
    take(topic, topic.keyOf(value), value);
  }

  private <V extends SpecificRecord> void take(Topic<V> topic, String key, V value) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    views.apply(
        new Received<>(topic, value, new ConsumerRecord<>(topic.name(), 0, 0, bytes, null)));
  }

  private static Resource resource(String id) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(ResourceKind.ENDPOINT)
        .setName(id)
        .setUpdatedAt(Examples.NOON)
        .build();
  }

  static Incident incident(String id, Priority priority, IncidentState state, int version) {
    return Incident.newBuilder()
        .setId(id)
        .setRule("service-down")
        .setResourceId("endpoint/shop")
        .setService("shop")
        .setTier(Tier.CORE)
        .setState(state)
        .setPriority(priority)
        .setPriorityReason("core service, no endpoint up")
        .setSummary("<img src=x onerror=alert(1)> is down")
        .setStartedAt(Examples.NOON)
        .setOpenedAt(Examples.NOON)
        .setUpdatedAt(Examples.NOON.plusSeconds(version))
        .setDueAt(Examples.NOON)
        .setVersion(version)
        .build();
  }
}
