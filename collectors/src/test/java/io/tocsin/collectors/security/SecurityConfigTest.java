package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tocsin.collectors.Collector;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Severity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityConfigTest {

  private static final Path SOME = Path.of("/some/where");

  @Test
  void dockerAloneIsReadByDefault() {
    assertThat(names(SecurityConfig.DEFAULT)).containsExactly("security/docker");
    assertThat(SecurityConfig.DEFAULT.interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(SecurityConfig.DEFAULT.queueLimit()).isEqualTo(10_000);
    assertThat(SecurityConfig.DEFAULT.docker().socket()).hasToString("/var/run/docker.sock");
  }

  @Test
  void eachSourceHasItsCollector() {
    SecurityConfig all =
        new SecurityConfig(
            null,
            new TrivyConfig(SOME, null, null, null),
            new FalcoConfig(SOME, null, null),
            null,
            null,
            null);
    SecurityConfig none =
        new SecurityConfig(new DockerEventsConfig(false, null), null, null, null, null, null);

    assertThat(names(all)).containsExactly("security/docker", "security/trivy", "security/falco");
    assertThat(names(none)).isEmpty();
  }

  @Test
  void severitiesAreFoundWhateverTheirCapitals() {
    Severities severities =
        new Severities(
            new SecurityConfig(null, null, null, Map.of("cve-2024-3094", Severity.INFO), null, null)
                .severities());

    assertThat(severities.of("CVE-2024-3094", Severity.CRITICAL)).isEqualTo(Severity.INFO);
    assertThat(severities.of("exec", Severity.MEDIUM)).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void whatCannotBeIsRefusedWithAHint() {
    refused("severities: 'exec'", () -> severities(nothingFor("exec")));
    refused(
        "differ in capitals",
        () -> severities(Map.of("exec", Severity.LOW, "EXEC", Severity.HIGH)));
    refused("at least 100 ms", () -> timed(Duration.ofMillis(99), null));
    refused("queue-limit", () -> timed(null, 0));
    refused("folder is missing", () -> new TrivyConfig(null, null, null, null));
    refused("100 ms to 1 h", () -> new TrivyConfig(SOME, Duration.ofHours(2), null, null));
    refused("file-limit-mib", () -> new TrivyConfig(SOME, null, 0, null));
    refused("findings-limit", () -> new TrivyConfig(SOME, null, null, 100_001));
    refused("neither file nor listen", () -> new FalcoConfig(null, null, null));
    refused("0 to 65535", () -> new FalcoConfig(null, null, 65_536));
  }

  private static SecurityConfig timed(Duration interval, Integer limit) {
    return new SecurityConfig(null, null, null, null, interval, limit);
  }

  private static SecurityConfig severities(Map<String, Severity> severities) {
    return new SecurityConfig(null, null, null, severities, null, null);
  }

  private static Map<String, Severity> nothingFor(String what) {
    Map<String, Severity> severities = new HashMap<>();
    severities.put(what, null);
    return severities;
  }

  private static void refused(String hint, Runnable config) {
    assertThatIllegalArgumentException().isThrownBy(config::run).withMessageContaining(hint);
  }

  private static List<String> names(SecurityConfig config) {
    List<Collector> collectors =
        SecurityCollectors.of(config, "host-1", Clock.fixed(Examples.NOON, ZoneOffset.UTC));
    List<String> names = collectors.stream().map(Collector::name).toList();
    collectors.forEach(Collector::close);
    return names;
  }
}
