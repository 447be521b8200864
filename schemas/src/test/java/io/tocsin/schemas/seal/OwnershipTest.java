package io.tocsin.schemas.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipTest {

  private final Ownership plain = new Ownership(Map.of());

  @ParameterizedTest
  @CsvSource({
    "host/web-1, true",
    "host/web-10, false",
    "host/web-, false",
    "host/web-1.example, false",
    "host/db-1, false",
    "container/web-1.shop, true",
    "container/web-1.shop-1b2c3d4e, true",
    "container/web-1, false",
    "container/web-10.shop, false",
    "container/db-1.shop, false",
    "vm/db-1, false",
    "vm/web-1, false",
    "endpoint/shop, true",
    "service/shop, true",
    "unspecified/registry-shop-1.0, true"
  })
  void anAgentSpeaksOfItsHostAndItsContainersAndOfWhatIsLookedAtFromAnywhere(
      String resource, boolean may) {
    assertThat(plain.maySpeak("web-1", resource)).isEqualTo(may);
  }

  @Test
  void whatIsGrantedMayBeSpokenOfByWhomItIsGrantedTo() {
    Ownership granting =
        new Ownership(Map.of("hyp-1", List.of("vm/*", "host/switch-1"), "*", List.of("vm/free-*")));

    assertThat(granting.maySpeak("hyp-1", "vm/db-1")).isTrue();
    assertThat(granting.maySpeak("hyp-1", "host/switch-1")).isTrue();
    assertThat(granting.maySpeak("hyp-1", "host/switch-10")).isFalse();
    assertThat(granting.maySpeak("hyp-1", "host/web-1")).isFalse();
    assertThat(granting.maySpeak("web-1", "vm/db-1")).isFalse();
    assertThat(granting.maySpeak("web-1", "vm/free-7")).isTrue();
  }

  @Test
  void aGlobIsNoRegularExpression() {
    Ownership granting = new Ownership(Map.of("a", List.of("vm/x.y", "vm/\\E.*")));

    assertThat(granting.maySpeak("a", "vm/xzy")).isFalse();
    assertThat(granting.maySpeak("a", "vm/anything")).isFalse();
  }
}
