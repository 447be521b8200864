package io.tocsin.collectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.ResourceKind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ResourceIdsTest {

  @Test
  void plainNamesStayAsTheyAre() {
    assertThat(ResourceIds.of(ResourceKind.CONTAINER, "web-1", "shop_db"))
        .isEqualTo("container/web-1.shop_db");
  }

  @Test
  void namesThatDifferOnlyInWhatIsReplacedKeepTwoIds() {
    assertThat(ResourceIds.of(ResourceKind.VM, "a b"))
        .isNotEqualTo(ResourceIds.of(ResourceKind.VM, "a/b"))
        .startsWith("vm/a-b-");
    assertThat(ResourceIds.of(ResourceKind.VM, "Web"))
        .isNotEqualTo(ResourceIds.of(ResourceKind.VM, "web"));
  }

  @Property
  void everyNameBecomesAnId(@ForAll String name) {
    String id = ResourceIds.of(ResourceKind.CONTAINER, name);

    assertThat(id).matches("container/[a-z0-9][a-z0-9._-]{0,252}");
    assertThat(ResourceIds.of(ResourceKind.CONTAINER, name)).isEqualTo(id);
  }
}
