package io.tocsin.alerting.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.graph.Relation.Kind;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GraphTest {

  private static final List<Resource> SHOP =
      List.of(
          resource("host/a", null, null),
          resource("vm/1", "host/a", null),
          resource("container/web", "vm/1", "shop", "db", "mail"),
          resource("container/web-2", "host/b", "shop"),
          resource("endpoint/shop", null, "shop"),
          resource("container/db", "host/b", "db", "disk"),
          resource("container/san", "host/c", "disk"),
          resource("probe/path", null, null, "shop"));

  private final Graph graph = graph(SHOP);

  @Test
  void ancestorsGoUpFromTheNearest() {
    assertThat(graph.ancestors("container/web")).containsExactly("vm/1", "host/a");
    assertThat(graph.ancestors("host/a")).isEmpty();
    assertThat(graph.ancestors("nobody/knows")).isEmpty();
  }

  @Test
  void aHostIsWhatOthersRunOnAlsoIfTheInventoryDoesNotKnowIt() {
    assertThat(graph.isHost("host/b")).isTrue();
    assertThat(graph.isHost("container/web")).isFalse();
    assertThat(graph.guests("host/a")).containsExactly("vm/1", "container/web");
  }

  @Test
  void dependenciesAndDependantsGoAllTheWay() {
    assertThat(graph.dependencies("shop")).containsExactly("db", "mail", "disk");
    assertThat(graph.directDependencies("shop")).containsExactly("db", "mail");
    assertThat(graph.dependants("disk")).containsExactly("db", "shop", "probe/path");
    assertThat(graph.dependencyPath("shop", "disk")).containsExactly("shop", "db", "disk");
    assertThat(graph.dependencyPath("disk", "shop")).isEmpty();
  }

  @Test
  void theNearestSharedHostIsTheCommonAncestor() {
    assertThat(graph.commonAncestor("container/web", "vm/1")).contains("vm/1");
    assertThat(graph.commonAncestor("vm/1", "container/web")).contains("vm/1");
    assertThat(graph.commonAncestor("container/web-2", "container/db")).contains("host/b");
    assertThat(graph.commonAncestor("container/web", "container/db")).isEmpty();
  }

  @Test
  void relationsAreToldInWords() {
    assertRelated("container/web", "container/web", Kind.SAME, "is container/web");
    assertRelated("container/web", "host/a", Kind.RUNS_ON, "runs on host/a");
    assertRelated("host/a", "container/web", Kind.HOSTS, "is what container/web runs on");
    assertRelated(
        "endpoint/shop",
        "container/web",
        Kind.SAME_SERVICE,
        "belongs to service shop as container/web does");
    assertRelated(
        "endpoint/shop",
        "host/a",
        Kind.SERVICE_RUNS_ON,
        "belongs to service shop, whose container/web runs on host/a");
    assertRelated(
        "host/a",
        "endpoint/shop",
        Kind.HOSTS_SERVICE_OF,
        "is what container/web runs on, of endpoint/shop's service shop");
    assertRelated(
        "endpoint/shop",
        "container/san",
        Kind.DEPENDS_ON,
        "service shop depends on db, which depends on disk");
    assertRelated(
        "container/db",
        "endpoint/shop",
        Kind.DEPENDED_ON_BY,
        "is needed: service shop depends on db");
    assertThat(graph.related("host/a", "host/c")).isEmpty();
  }

  @Test
  void circlesEnd() {
    Graph circles =
        graph(
            List.of(
                resource("vm/1", "vm/2", "a", "b"),
                resource("vm/2", "vm/1", "b", "a"),
                resource("vm/3", "vm/3", "c", "c")));
    assertThat(circles.ancestors("vm/1")).containsExactly("vm/2");
    assertThat(circles.ancestors("vm/3")).isEmpty();
    assertThat(circles.guests("vm/1")).containsExactly("vm/2");
    assertThat(circles.dependencies("a")).containsExactly("b");
    assertThat(circles.dependants("c")).isEmpty();
    assertThat(circles.related("vm/1", "vm/2")).isPresent();
  }

  @Test
  void aResourceThatIsRemovedTakesItsEdgesAlong() {
    assertThat(graph.remove("container/web")).isTrue();
    assertThat(graph.remove("container/web")).isFalse();
    assertThat(graph.guests("host/a")).containsExactly("vm/1");
    assertThat(graph.dependencies("shop")).isEmpty();
    assertThat(graph.members("shop")).containsExactly("container/web-2", "endpoint/shop");
  }

  @Test
  void aNewDescriptionReplacesTheOldEdges() {
    assertThat(graph.put(resource("container/web", "host/c", "front", "shop"))).isTrue();
    assertThat(graph.put(resource("container/web", "host/c", "front", "shop"))).isFalse();
    assertThat(graph.guests("host/a")).containsExactly("vm/1");
    assertThat(graph.dependencies("shop")).isEmpty();
    assertThat(graph.dependants("shop")).containsExactly("front", "probe/path");
  }

  @Test
  void aServiceInTheInventoryBelongsToItself() {
    graph.put(Resource.newBuilder(resource("service/pay", null, null)).setName("pay").build());
    assertThat(graph.service("service/pay")).contains("pay");
    assertThat(graph.members("pay")).containsExactly("service/pay");
  }

  @Property
  void whatItSaysDoesNotDependOnTheOrder(
      @ForAll Random random,
      @ForAll @IntRange(min = 0, max = 7) int a,
      @ForAll @IntRange(min = 0, max = 7) int b) {
    List<Resource> shuffled = new ArrayList<>(SHOP);
    Collections.shuffle(shuffled, random);
    Graph other = graph(List.of(SHOP.get(a)));
    other.remove(SHOP.get(a).getId());
    shuffled.forEach(other::put);
    String idA = SHOP.get(a).getId();
    String idB = SHOP.get(b).getId();
    assertThat(other.related(idA, idB)).isEqualTo(graph(SHOP).related(idA, idB));
    assertThat(other.related(idA, idB).isPresent()).isEqualTo(other.related(idB, idA).isPresent());
  }

  private void assertRelated(String a, String b, Kind kind, String sentence) {
    assertThat(graph.related(a, b)).contains(new Relation(kind, sentence));
  }

  static Graph graph(List<Resource> resources) {
    Graph graph = new Graph();
    resources.forEach(graph::put);
    return graph;
  }

  static Resource resource(String id, String parent, String service, String... dependsOn) {
    String kind = id.substring(0, id.indexOf('/')).toUpperCase(java.util.Locale.ROOT);
    boolean known = List.of("HOST", "VM", "CONTAINER", "ENDPOINT", "SERVICE").contains(kind);
    return Resource.newBuilder()
        .setId(id)
        .setKind(known ? ResourceKind.valueOf(kind) : ResourceKind.UNSPECIFIED)
        .setName(id)
        .setParent(parent)
        .setService(service)
        .setDependsOn(List.of(dependsOn))
        .setUpdatedAt(Examples.NOON)
        .build();
  }
}
