package io.tocsin.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.window.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupTest {

  private static List<String> groupsOf(Subject subject, String host) {
    return Contribution.of(Parts.of(subject, Parts.NOON, 1, 0), host).groups();
  }

  @Test
  void anIdSaysAllThereIsToSay() {
    for (Group group :
        List.of(
            new Group.Fleet(),
            new Group.Kind(ResourceKind.VM),
            new Group.Host("rack-1"),
            new Group.Service("shop/eu west"))) {
      assertThat(Group.of(group.id())).isEqualTo(group);
    }
    assertThat(new Group.Host("rack-1").id()).isEqualTo("rollup/host/rack-1");
    assertThat(new Group.Kind(ResourceKind.VM).id()).isEqualTo("rollup/kind/vm");
    assertThatThrownBy(() -> Group.of("host/rack-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host/rack-1");
  }

  @Test
  void aPartBelongsToFleetKindServiceAndHost() {
    assertThat(groupsOf(Parts.container("web"), "rack-1"))
        .containsExactlyInAnyOrder(
            "rollup/fleet", "rollup/kind/container", "service/shop", "rollup/host/rack-1");
  }

  @Test
  void whatIsNotKnownOfItMakesNoGroup() {
    assertThat(groupsOf(Parts.host("rack-1"), null))
        .containsExactlyInAnyOrder("rollup/fleet", "rollup/kind/host");
    assertThat(
            groupsOf(new Subject("switch/1", ResourceKind.UNSPECIFIED, "", Tier.UNSPECIFIED), null))
        .containsExactly("rollup/fleet");
  }
}
