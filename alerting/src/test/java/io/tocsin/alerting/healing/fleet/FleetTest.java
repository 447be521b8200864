package io.tocsin.alerting.healing.fleet;

import static io.tocsin.alerting.healing.HealExamples.AUTO;
import static io.tocsin.alerting.healing.HealExamples.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetTest {

  private static Fleet fleet() {
    Map<String, List<String>> zones = new LinkedHashMap<>();
    zones.put("north", List.of("host/n-*"));
    zones.put("south", List.of("host/*"));
    HealingConfig config =
        new HealingConfig(
            Mode.AUTO,
            null,
            AUTO.actions(),
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of("production", List.of("vm/*", "endpoint/shop")),
            zones,
            null,
            null);
    Fleet fleet = new Fleet(config);
    put(fleet, resource("container/web", ResourceKind.CONTAINER, "vm/v1", "shop"));
    put(fleet, resource("vm/v1", ResourceKind.VM, "host/n-1", null));
    put(fleet, resource("host/n-1", ResourceKind.HOST, null, null));
    return fleet;
  }

  private static void put(Fleet fleet, Resource resource) {
    fleet.put(resource.getId(), resource);
  }

  @Test
  void aPlaceFollowsWhatThingsRunOn() {
    assertThat(fleet().place("container/web"))
        .isEqualTo(new Place("shop", "host/n-1", "north", "production"));
    assertThat(fleet().place("host/n-1")).isEqualTo(new Place("", "host/n-1", "north", ""));
  }

  @Test
  void whatTheInventoryDoesNotKnowIsNowhere() {
    assertThat(fleet().place("container/other")).isEqualTo(Place.NOWHERE);
  }

  @Test
  void aMoveIsNoticed() {
    Fleet fleet = fleet();
    assertThat(fleet.place("container/web").zone()).isEqualTo("north");
    put(fleet, resource("vm/v1", ResourceKind.VM, "host/s-1", null));
    assertThat(fleet.place("container/web").zone()).isEqualTo("south");
    fleet.put("vm/v1", null);
    assertThat(fleet.place("container/web")).isEqualTo(new Place("shop", "", "", "production"));
  }

  @Test
  void labelsDecideNothing() {
    Fleet fleet = fleet();
    Resource liar = resource("container/liar", ResourceKind.CONTAINER, null, "shop");
    liar.setLabels(Map.of("zone", "north", "environment", "production", "host", "host/n-1"));
    put(fleet, liar);
    assertThat(fleet.place("container/liar")).isEqualTo(new Place("shop", "", "", ""));
  }

  @Test
  void aClassIsKindAndEnvironment() {
    assertThat(fleet().targetClass("container/web")).isEqualTo("container@production");
    assertThat(fleet().targetClass("host/n-1")).isEqualTo("host");
    assertThat(fleet().targetClass("nonsense")).isEmpty();
  }

  @Test
  void circlesEnd() {
    Fleet fleet = fleet();
    put(fleet, resource("vm/a", ResourceKind.VM, "vm/b", null));
    put(fleet, resource("vm/b", ResourceKind.VM, "vm/a", null));
    assertThat(fleet.place("vm/a").host()).isEmpty();
  }
}
