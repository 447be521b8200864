package io.tocsin.collectors.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmConfigTest {

  private static VmConfig with(String uri, Duration interval, Duration deadline, String host) {
    return new VmConfig(uri, interval, deadline, null, null, host, null);
  }

  @Test
  void whatIsNotGivenTakesItsDefault() {
    VmConfig config = VmConfig.DEFAULT;

    assertThat(config.uri()).isEqualTo("qemu:///system");
    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.deadline()).isEqualTo(config.interval());
    assertThat(config.id()).isEqualTo(VmConfig.Identity.NAME);
    assertThat(config.allowStatsPeriod()).isFalse();
    assertThat(config.serviceOf("any")).isEqualTo(new VmConfig.Service(null, Tier.UNSPECIFIED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "qemu", "qemu:", "qemu:///sys tem", "qemu:///\u0007", "/dev/null"})
  void aUriMustBeOne(String uri) {
    assertThatThrownBy(() -> with(uri, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write it as qemu:///system");
  }

  @Test
  void timesMustFit() {
    assertThatThrownBy(() -> with(null, Duration.ofMillis(99), null, null))
        .hasMessageContaining("from 100 ms to 1 h");
    assertThatThrownBy(() -> with(null, Duration.ofMinutes(61), null, null))
        .hasMessageContaining("from 100 ms to 1 h");
    assertThatThrownBy(() -> with(null, null, Duration.ofMillis(1_001), null))
        .hasMessageContaining("deadline of VMs");
    assertThatThrownBy(() -> with(null, null, Duration.ofMillis(49), null))
        .hasMessageContaining("deadline of VMs");
  }

  @Test
  void namesMustBeUsableInIds() {
    assertThatThrownBy(() -> with(null, null, null, "KVM 1")).hasMessageContaining("KVM 1");
    assertThatThrownBy(() -> new VmConfig.Service("a b", null)).hasMessageContaining("a b");
    assertThat(
            new VmConfig(
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Map.of("Db 1", new VmConfig.Service("shop", Tier.CORE)))
                .serviceOf("Db 1")
                .tier())
        .isEqualTo(Tier.CORE);
  }
}
