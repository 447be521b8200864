package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.Tier;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostConfigTest {

  @Test
  void whatIsNotGivenHasItsDefault() {
    assertThat(HostConfig.DEFAULT)
        .isEqualTo(
            new HostConfig(
                null,
                null,
                Tier.UNSPECIFIED,
                Duration.ofSeconds(1),
                Path.of("/proc"),
                Path.of("/sys")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Web", "a b", "../x", "-a", "a/b", "a\n"})
  void aNameThatCannotStandInAnIdIsRefused(String name) {
    assertThatThrownBy(() -> new HostConfig(name, null, null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must match");
  }

  @Test
  void anIntervalThatWouldBurnTheCpuIsRefused() {
    assertThatThrownBy(() -> new HostConfig(null, null, null, Duration.ofMillis(99), null, null))
        .hasMessageContaining("99 ms")
        .hasMessageContaining("at least 100 ms");
  }

  @ParameterizedTest
  @CsvSource({"Web-1.Example, web-1.example", "ä b, b", "-x, x", "'', localhost", "___, localhost"})
  void aHostNameIsMadeFitForAnId(String kernels, String ours) {
    assertThat(HostName.normalise(kernels)).isEqualTo(ours);
  }
}
