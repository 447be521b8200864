package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentValuesTest {

  private static final Map<String, String> SET =
      Map.of("POD_IP", "10.1.2.3", "NODE_NAME", "node-7", "EMPTY", "", "ODD", "a\\b$1 #x");

  @TempDir Path directory;

  @Test
  void oneFileServesManyMachines() throws Exception {
    Config config =
        load(
            """
            agent: {id: "${NODE_NAME}"}
            streams: {instance-id: "streams-${NODE_NAME}", http: {host: "${POD_IP}"}}
            collectors: {container: {kubelet: {url: "https://${NODE_NAME}:10250"}}}
            """);

    assertThat(config.agent().id()).isEqualTo("node-7");
    assertThat(config.streams().instanceId()).isEqualTo("streams-node-7");
    assertThat(config.streams().http().address()).isEqualTo("10.1.2.3:18082");
    assertThat(config.collectors().container().kubelet().url()).hasHost("node-7");
  }

  @Test
  void aValueIsTakenForWhatItIsAndNeverReadAsYaml() throws Exception {
    assertThat(load("data-dir: /var/${ODD}\n").dataDir()).hasToString("/var/a\\b$1 #x");
  }

  @Test
  void whatIsNotSetIsAProblemWithItsPlace() throws IOException {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () -> load("agent:\n  id: ${NOBODY}\nstreams:\n  instance-id: ${EMPTY}\n"));

    assertThat(refused.problems())
        .extracting(problem -> problem.line() + " " + problem.key() + " " + problem.message())
        .containsExactly(
            "2 agent.id the environment variable NOBODY is not set; set it, or write a value",
            "4 streams.instance-id the environment variable EMPTY is not set; set it, or write a"
                + " value");
  }

  @Test
  void aWrongValueIsReportedWhereItIsUsed() {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class, () -> load("data-dir: data\nagent:\n  id: ${ODD}\n"));

    assertThat(refused.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(3);
              assertThat(problem.message()).contains("is not a name");
            });
  }

  @Test
  void whatIsCarriedOutOrSaidIsTakenAsItIsWritten() throws Exception {
    Config config =
        load(
            """
            checks: [{id: shop, service: shop, tcp: {host: shop, port: 80}}]
            healing:
              actions:
                - name: hook
                  does: {exec: {argv: [/usr/bin/hook, "${POD_IP}"]}}
                  targets: [endpoint/shop]
                  verify: {healthy-probes: 2, within: 20s}
            """);

    assertThat(config.healing().actions().get(0).does().toString()).contains("${POD_IP}");
  }

  private Config load(String text) throws ConfigException, IOException {
    Path file = directory.resolve("tocsin.yaml");
    Files.writeString(file, text);
    return ConfigLoader.inEnvironment(SET::get).load(file);
  }
}
