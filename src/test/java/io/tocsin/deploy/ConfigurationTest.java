package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.config.Config;
import io.tocsin.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration in the ConfigMaps, read as each pod would read it. */
class ConfigurationTest {

  static final String FILE = "/etc/tocsin/tocsin.yaml";

  private static final Set<String> TLS =
      Set.of("/etc/tocsin/tls/ca.crt", "/etc/tocsin/tls/tls.crt", "/etc/tocsin/tls/tls.key");

  /** What each stage needs beside its certificate. */
  private static final Map<String, Set<String>> NEEDED =
      Map.of(
          "alerting",
          Set.of("/etc/tocsin/signing/plan-signing.key", "/etc/tocsin/signing/plan-signing.pub"),
          "responder",
          Set.of("/etc/tocsin/signing/plan-signing.pub"),
          "recorder",
          Set.of("/etc/tocsin/history/token"),
          "console",
          Set.of("/etc/tocsin/history/token"),
          "notifier",
          Set.of("/etc/tocsin/channels/slack"));

  @TempDir Path root;

  private final List<Manifest> all = Manifests.all();

  @Test
  void everyPodCanUseItsConfiguration() throws Exception {
    for (Workload pods : Workload.of(all)) {
      Config config = load(files(pods));
      assertThat(config.cluster().bootstrapServers()).as("%s", pods).endsWith(".svc:9093");
      assertThat(config.cluster().security().certificate()).isNotNull();
    }
  }

  @Test
  void everyStageHasTheSecretsItNeedsAndNoOther() {
    for (Workload pods : Workload.of(all)) {
      Set<String> expected = new TreeSet<>(TLS);
      expected.addAll(NEEDED.getOrDefault(pods.component(), Set.of()));
      assertThat(files(pods).secretFiles()).as("%s", pods).isEqualTo(expected);
    }
  }

  @Test
  void theFilesOfStagesAreThoseThatTheConfigurationNames() throws Exception {
    Config config = load(files(named("responder")));
    assertThat(stripped(config.healing().signing().privateKey()))
        .isEqualTo("/etc/tocsin/signing/plan-signing.key");
    assertThat(stripped(config.healing().signing().publicKey()))
        .isEqualTo("/etc/tocsin/signing/plan-signing.pub");
    assertThat(config.healing().signing().required()).isTrue();
    assertThat(config.history().influxdb().token().toString())
        .contains("/etc/tocsin/history/token");
    assertThat(config.streams().standbys()).isPositive();
    assertThat(config.streams().http().host()).isEqualTo("10.1.2.3");
  }

  @Test
  void whoeverHealsBeginsByObserving() throws Exception {
    assertThat(load(files(named("responder"))).healing().mode()).hasToString("OBSERVE");
  }

  @Test
  void aMissingVariableOrSecretIsFound() {
    PodFiles files = files(named("streams"));
    String text = files.configuration(FILE);

    assertThat(problems(text, Map.of(), files.secretFiles()))
        .anyMatch(problem -> problem.contains("the environment variable POD_IP is not set"));
    assertThat(problems(text, files.environment(), Set.of()))
        .anyMatch(problem -> problem.contains("/etc/tocsin/tls/tls.key that can be read here"));
    assertThat(problems(text + "sreams: {}\n", files.environment(), files.secretFiles()))
        .anyMatch(problem -> problem.contains("sreams: unknown key"));
  }

  private Workload named(String component) {
    return Workload.of(all).stream()
        .filter(pods -> pods.component().equals(component))
        .findAny()
        .orElseThrow();
  }

  private PodFiles files(Workload pods) {
    return new PodFiles(pods, pods.main(), all, SecretsToMake.read());
  }

  private Config load(PodFiles files) throws ConfigException {
    return load(files.configuration(FILE), files.environment(), files.secretFiles());
  }

  private List<String> problems(String text, Map<String, String> environment, Set<String> secrets) {
    try {
      load(text, environment, secrets);
      return List.of();
    } catch (ConfigException bad) {
      return bad.problems().stream().map(Object::toString).toList();
    }
  }

  private Config load(String text, Map<String, String> environment, Set<String> secrets)
      throws ConfigException {
    return ForeignConfig.load(root, text, environment, secrets);
  }

  private static String stripped(Path path) {
    return path.toString().replaceFirst("^.*/etc/tocsin/", "/etc/tocsin/");
  }
}
