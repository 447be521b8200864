package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DescriptionTest {

  private static final Resource MEASURED =
      resource(Tier.UNSPECIFIED, 1_000, "host/web-1", Map.of("image", "shop:1"));
  private static final Resource MENTIONED =
      resource(Tier.CORE, 0, null, Map.of("image", "?", "seen-by", "docker"));

  @Test
  void whoMeasuresItKnowsItBestWhicheverSpokeLast() {
    Resource one = Description.of(List.of(MEASURED, MENTIONED));

    assertThat(Description.of(List.of(MENTIONED, MEASURED))).isEqualTo(one);
    assertThat(one.getIntervalMs()).isEqualTo(1_000);
    assertThat(one.getParent()).isEqualTo("host/web-1");
    assertThat(one.getLabels()).containsEntry("image", "shop:1").containsEntry("seen-by", "docker");
  }

  @Test
  void aTierThatIsKnownWins() {
    assertThat(Description.of(List.of(MEASURED, MENTIONED)).getTier()).isEqualTo(Tier.CORE);
  }

  @Test
  void whatSeveralChecksOfAServiceDependOnAddsUp() {
    Resource one = Resource.newBuilder(MENTIONED).setDependsOn(List.of("db", "cart")).build();
    Resource other = Resource.newBuilder(MENTIONED).setDependsOn(List.of("db", "auth")).build();

    assertThat(Description.of(List.of(one, other)).getDependsOn())
        .containsExactly("auth", "cart", "db");
  }

  @Test
  void theInventoryTellsWhatAllCollectorsSay() {
    Inventory inventory = new Inventory();
    inventory.report("container", List.of(MEASURED), true, 0);
    inventory.report("security/docker", List.of(MENTIONED), true, 0);

    assertThat(inventory.merged(MENTIONED).getIntervalMs()).isEqualTo(1_000);
    assertThat(inventory.merged(MENTIONED).getUpdatedAt()).isEqualTo(MENTIONED.getUpdatedAt());
  }

  private static Resource resource(
      Tier tier, long intervalMs, String parent, Map<String, String> labels) {
    return Resource.newBuilder()
        .setId("container/web-1.shop")
        .setKind(ResourceKind.CONTAINER)
        .setName("shop")
        .setParent(parent)
        .setTier(tier)
        .setLabels(labels)
        .setIntervalMs(intervalMs)
        .setUpdatedAt(Examples.NOON)
        .build();
  }
}
