package io.tocsin.server.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.server.fleet.GraphView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CausePathTest {

  private final Graph graph = new Graph();

  @Test
  void whatLiesBetweenCauseAndAffectedIsShownToo() {
    put("host/a", ResourceKind.HOST, null, null);
    put("vm/b", ResourceKind.VM, "host/a", null);
    put("container/c", ResourceKind.CONTAINER, "vm/b", "shop");
    put("service/shop", ResourceKind.SERVICE, null, null);

    CausePath path = of("host/a", List.of("host/a", "service/shop"));

    assertThat(path.cause()).isEqualTo("host/a");
    assertThat(path.nodes())
        .extracting(CausePath.Node::id)
        .containsExactly("host/a", "vm/b", "container/c", "service/shop");
    assertThat(path.edges())
        .containsExactlyInAnyOrder(
            new GraphView.Edge("vm/b", "host/a", "runs-on"),
            new GraphView.Edge("container/c", "vm/b", "runs-on"),
            new GraphView.Edge("container/c", "service/shop", "part-of"));
    assertThat(path.nodes().get(0).relation()).isEqualTo("cause");
    assertThat(path.nodes().get(1).relation()).isEqualTo("runs on host/a");
  }

  @Test
  void aResourceThatNothingLeadsToStandsAlone() {
    put("host/a", ResourceKind.HOST, null, null);

    CausePath path = of("host/a", List.of("host/a", "host/gone"));

    assertThat(path.nodes()).extracting(CausePath.Node::id).containsExactly("host/a", "host/gone");
    assertThat(path.edges()).isEmpty();
  }

  @Test
  void aCauseThatIsNotInTheInventoryIsShownAllTheSame() {
    assertThat(of("host/gone", List.of()).nodes())
        .extracting(CausePath.Node::id)
        .containsExactly("host/gone");
  }

  @Property(tries = 200)
  void circlesInTheInventoryEndAndTheCauseComesFirst(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 11) Integer> parents) {
    Graph circles = new Graph();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < parents.size(); i++) {
      String id = "host/" + i;
      all.add(id);
      circles.put(
          resource(id, ResourceKind.HOST, "host/" + parents.get(i), i % 3 == 0 ? "s" : null));
    }
    Incident incident = AxisTest.incident(List.of());
    incident.setResourceId("host/0");
    incident.setAffected(all);

    CausePath path = CausePath.of(incident, circles, id -> "OK");

    assertThat(path.nodes().get(0).id()).isEqualTo("host/0");
    assertThat(path.nodes().stream().map(CausePath.Node::id)).doesNotHaveDuplicates();
    assertThat(path.nodes().stream().map(CausePath.Node::id)).containsAll(all);
  }

  private CausePath of(String cause, List<String> affected) {
    Incident incident = AxisTest.incident(List.of());
    incident.setResourceId(cause);
    incident.setAffected(affected);
    return CausePath.of(incident, graph, id -> "OK");
  }

  private void put(String id, ResourceKind kind, String parent, String service) {
    graph.put(resource(id, kind, parent, service));
  }

  private static Resource resource(String id, ResourceKind kind, String parent, String service) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(kind)
        .setName(id.substring(id.indexOf('/') + 1))
        .setParent(parent)
        .setService(service)
        .setUpdatedAt(Instant.EPOCH)
        .build();
  }
}
