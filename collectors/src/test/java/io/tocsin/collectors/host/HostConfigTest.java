package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.Tier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
                Path.of("/sys"),
                Duration.ofSeconds(10),
                Duration.ofMillis(250),
                true,
                List.of(),
                HostConfig.SYSTEM_MOUNTS,
                Duration.ofMinutes(1)));
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

  @Test
  void defaultsFitIntoOtherIntervals() {
    HostConfig fast = new HostConfig(null, null, null, Duration.ofMillis(100), null, null);
    HostConfig slow = new HostConfig(null, null, null, Duration.ofMinutes(2), null, null);

    assertThat(fast.filesystemTimeout()).isEqualTo(Duration.ofMillis(50));
    assertThat(slow.filesystemInterval()).isEqualTo(Duration.ofMinutes(2));
    assertThat(slow.tuningInterval()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void waitingForFilesystemsMustLeaveTimeForTheRest() {
    assertThatThrownBy(() -> filesystems(null, Duration.ofMillis(501), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("501 ms")
        .hasMessageContaining("half of the interval, 500 ms");
    assertThatThrownBy(() -> filesystems(null, Duration.ofMillis(9), null))
        .hasMessageContaining("from 10 ms");
    assertThatThrownBy(() -> filesystems(Duration.ofMillis(999), null, null))
        .hasMessageContaining("filesystem-interval is 999 ms");
  }

  @Test
  void aMountPointToLeaveOutIsAPath() {
    assertThatThrownBy(() -> filesystems(null, null, List.of("/a", "data")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'data'")
        .hasMessageContaining("starts with a slash");
    assertThatThrownBy(() -> filesystems(null, null, Arrays.asList("/a", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exclude-mounts has an empty entry");
  }

  private static HostConfig filesystems(Duration interval, Duration timeout, List<String> mounts) {
    return new HostConfig(
        null, null, null, null, null, null, interval, timeout, null, null, mounts, null);
  }
}
