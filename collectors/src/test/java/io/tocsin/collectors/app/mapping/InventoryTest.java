package io.tocsin.collectors.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Tier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventoryTest {

  private static final Instant NOON = Examples.NOON;

  private final Inventory inventory =
      new Inventory(Duration.ofSeconds(10), Clock.fixed(NOON, ZoneOffset.UTC));

  @Test
  void theListIsTheSameUntilSomethingChanges() {
    inventory.service("shop", Tier.UNSPECIFIED, NOON);
    List<Resource> before = inventory.resources();

    inventory.service("shop", Tier.UNSPECIFIED, NOON);
    assertThat(inventory.resources()).isSameAs(before);

    inventory.service("cart", Tier.UNSPECIFIED, NOON);
    assertThat(inventory.resources()).hasSize(2);
  }

  @Test
  void aServiceIsOneHoweverItsNameIsWritten() {
    assertThat(inventory.service("Shop", Tier.UNSPECIFIED, NOON).id()).isEqualTo("service/shop");
    inventory.service("SHOP", Tier.UNSPECIFIED, NOON);

    assertThat(inventory.resources()).hasSize(1);
  }

  @Test
  void aTierIsRaisedAndNeverLowered() {
    inventory.service("shop", Tier.UNSPECIFIED, NOON);
    inventory.service("shop", Tier.CORE, NOON);
    inventory.service("shop", Tier.NON_CORE, NOON);

    assertThat(inventory.resources()).extracting(Resource::getTier).containsExactly(Tier.CORE);
  }

  @Test
  void whatHasNotBeenHeardOfForAnHourMakesRoom() {
    for (int i = 0; i < Inventory.MOST; i++) {
      assertThat(inventory.service("s" + i, Tier.UNSPECIFIED, NOON)).isNotNull();
    }
    assertThat(inventory.service("one-more", Tier.UNSPECIFIED, NOON)).isNull();
    Instant later = NOON.plusSeconds(3_601);
    inventory.service("s7", Tier.UNSPECIFIED, later);

    assertThat(inventory.service("one-more", Tier.UNSPECIFIED, later)).isNotNull();
    assertThat(inventory.resources())
        .extracting(Resource::getName)
        .containsExactly("s7", "one-more");
  }

  @Test
  void namesFromOutsideBecomeIdsAndPlainText() {
    Subject subject = inventory.service("../x\u0000\n", Tier.UNSPECIFIED, NOON);

    assertThat(subject.id()).matches("service/[a-z0-9._-]+");
    assertThat(inventory.resources().get(0).getName()).isEqualTo("../x  ");
  }
}
