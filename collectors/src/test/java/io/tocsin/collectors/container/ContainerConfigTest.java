package io.tocsin.collectors.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerConfigTest {

  private static ContainerConfig with(
      String host, Duration interval, Duration discovery, Duration docker, List<String> labels) {
    return new ContainerConfig(
        host, null, interval, discovery, null, null, null, null, null, docker, null, labels);
  }

  @Test
  void defaultsAreTheMachineAndItsDockerOnceASecond() {
    ContainerConfig config = ContainerConfig.DEFAULT;

    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.discoveryInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.dockerInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.cgroup()).isEqualTo(Path.of("/sys/fs/cgroup"));
    assertThat(config.docker()).isTrue();
    assertThat(config.dockerSocket()).isEqualTo(Path.of("/var/run/docker.sock"));
    assertThat(config.kubelet()).isNull();
    assertThat(config.labels()).isEmpty();
  }

  @Test
  void aSlowIntervalMakesTheSearchAsSlow() {
    assertThat(with(null, Duration.ofSeconds(30), null, null, null).discoveryInterval())
        .isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Web", "a b", "-a", "a/b"})
  void aHostNameThatNoIdCanHaveIsRefused(String name) {
    assertThatThrownBy(() -> with(name, null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host name");
  }

  @Test
  void durationsThatAreTooShortAreRefusedByName() {
    Duration little = Duration.ofMillis(99);

    assertThatThrownBy(() -> with(null, little, null, null, null))
        .hasMessage("interval is 99 ms; it must be at least 100 ms");
    assertThatThrownBy(() -> with(null, null, little, null, null))
        .hasMessage("discovery-interval is 99 ms; it must be at least 1000 ms");
    assertThatThrownBy(() -> with(null, null, null, little, null))
        .hasMessage("docker-interval is 99 ms; it must be at least 1000 ms");
    assertThatThrownBy(() -> new KubeletConfig(URI.create("http://k"), null, null, little))
        .hasMessage("kubelet interval is 99 ms; it must be at least 1000 ms");
  }

  @Test
  void emptyLabelsAreRefused() {
    assertThatThrownBy(() -> with(null, null, null, null, Arrays.asList("team", " ")))
        .hasMessageContaining("labels has an empty entry");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:10250", "/pods", "ftp://a", "file:///etc/passwd"})
  void whatIsNoWebAddressIsNoKubelet(String url) {
    assertThatThrownBy(
            () ->
                new KubeletConfig(
                    url.contains("//") || url.startsWith("/") ? URI.create(url) : null,
                    null,
                    null,
                    null))
        .hasMessageContaining("must be an http or https address");
  }

  @Test
  void aTokenIsNotSentInClearText() {
    assertThatThrownBy(
            () -> new KubeletConfig(URI.create("http://k:10255"), Path.of("token"), null, null))
        .hasMessageContaining("https");
  }
}
