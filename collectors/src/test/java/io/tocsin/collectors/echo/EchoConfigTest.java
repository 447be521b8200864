package io.tocsin.collectors.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EchoConfigTest {

  @Test
  void nobodyElseReachesItByDefault() {
    assertThat(EchoConfig.DEFAULT)
        .isEqualTo(
            new EchoConfig("127.0.0.1", 18862, 18862, 64, Duration.ofMinutes(1), 1500, 1000));
  }

  @Test
  void aValueOutsideItsRangeIsNamed() {
    assertThatThrownBy(() -> new EchoConfig(null, 65_536, null, null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("echo: tcp-port is 65536; it must be from 0 to 65535");
    assertThatThrownBy(
            () -> new EchoConfig(null, null, null, null, Duration.ofMillis(999), null, null))
        .hasMessageContaining("idle-timeout is 999 ms");
    assertThatThrownBy(() -> new EchoConfig(" ", null, null, null, null, null, null))
        .hasMessageContaining("bind is empty");
  }
}
