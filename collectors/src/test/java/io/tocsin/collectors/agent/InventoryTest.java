package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventoryTest {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Inventory inventory = new Inventory();

  @Test
  void onlyWhatIsNewOrDescribedDifferentlyIsAnnounced() {
    Resource web = resource("container/web", "web", Examples.NOON);
    Resource shop = resource("container/shop", "shop", Examples.NOON);
    List<Resource> both = List.of(web, shop);

    assertThat(report("docker", both, 0)).containsExactly(web, shop);
    assertThat(report("docker", both, 1)).isEmpty();
    assertThat(report("docker", List.of(web, resource("container/shop", "shop", Instant.EPOCH)), 2))
        .as("the time of a description is no news")
        .isEmpty();
    Resource renamed = resource("container/shop", "store", Examples.NOON);
    assertThat(report("docker", List.of(web, renamed), 3)).containsExactly(renamed);
  }

  @Test
  void whatIsGoneForAMinuteIsRemovedOnce() {
    report("docker", List.of(resource("container/web", "web", Examples.NOON)), 0);
    report("docker", List.of(), 5);

    assertThat(inventory.gone(5 + MINUTE - 1)).isEmpty();
    assertThat(inventory.gone(5 + MINUTE)).containsExactly("container/web");
    assertThat(inventory.gone(5 + 2 * MINUTE)).isEmpty();
  }

  @Test
  void whatComesBackWithinTheMinuteStays() {
    List<Resource> web = List.of(resource("container/web", "web", Examples.NOON));
    report("docker", web, 0);
    report("docker", List.of(), 5);
    report("docker", web, 10);

    assertThat(inventory.gone(10 * MINUTE)).isEmpty();
  }

  @Test
  void whatAnotherCollectorStillReportsOnIsNotGone() {
    List<Resource> web = List.of(resource("container/web", "web", Examples.NOON));
    report("docker", web, 0);
    report("cgroups", web, 0);
    report("docker", List.of(), 5);
    assertThat(inventory.gone(2 * MINUTE)).isEmpty();

    inventory.leave("cgroups", 3 * MINUTE);

    assertThat(inventory.gone(4 * MINUTE)).containsExactly("container/web");
  }

  @Test
  void aPassThatFailedRemovesNothingAndMayAddSomething() {
    report("docker", List.of(resource("container/web", "web", Examples.NOON)), 0);
    Resource shop = resource("container/shop", "shop", Examples.NOON);

    assertThat(inventory.report("docker", List.of(shop), false, 5)).containsExactly(shop);

    assertThat(inventory.gone(10 * MINUTE)).isEmpty();
    assertThat(inventory.knows("container/web")).isTrue();
  }

  private List<Resource> report(String collector, List<Resource> resources, long now) {
    return inventory.report(collector, resources, true, now);
  }

  private static Resource resource(String id, String name, Instant updatedAt) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(ResourceKind.CONTAINER)
        .setName(name)
        .setUpdatedAt(updatedAt)
        .build();
  }
}
