package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.execute.ExecutorKinds;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The documented block of each executor is one that can be used. */
class ExecutorSamplesTest {

  /** What a target is called, where a plain name will not do. */
  private static final Map<String, String> OBJECTS =
      Map.of(
          "haproxy", "shop/web-1",
          "kubernetes", "shop/deployment/web",
          "probe", "tcp:127.0.0.1:80",
          "systemd", "shop.service");

  @TempDir Path directory;

  static Stream<String> kinds() {
    return ExecutorKinds.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theSampleCanBeUsed(String kind) throws Exception {
    String sample;
    try (InputStream in = ExecutorKinds.class.getResourceAsStream(kind + "/sample.yaml")) {
      sample = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    Path file = file(sample, OBJECTS.getOrDefault(kind, "shop"));
    Action action = new ConfigLoader().load(file).healing().actions().get(0);

    assertThat(action.does().kind()).isEqualTo(kind);
    assertThat(action.does()).isInstanceOf(ExecutorKinds.all().get(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "haproxy: {operation: drain}|socket",
        "haproxy: {operation: stop, socket: /s}|operation",
        "haproxy: {operation: weight, socket: /s}|weight",
        "haproxy: {operation: switch, socket: /s, to: till/web-2}|haproxy.to",
        "kubernetes: {operation: scale}|replicas",
        "kubernetes: {operation: cordon}|node/<name>",
        "kubernetes: {operation: rollout-restart, context: x}|context",
        "probe: {attempts: 0}|attempts",
        "probe: {timeout: soon}|timeout",
        "webhook: {url: 'ftp://x', secret: {env: S}}|url",
        "webhook: {url: 'https://x'}|secret",
        "webhook: {url: 'https://x', secret: {env: S}, headers: {Host: y}}|headers"
      })
  void whatIsWrongIsNamed(String does, String key) throws Exception {
    String object = does.startsWith("kubernetes") ? "shop/deployment/web" : "shop/web-1";
    Path file = file(does, object);

    assertThatThrownBy(() -> new ConfigLoader().load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }

  private Path file(String does, String object) throws Exception {
    return Files.writeString(
        directory.resolve("tocsin.yaml"),
        "healing:\n  actions:\n    - name: one\n      targets: {service/shop: '"
            + object
            + "'}\n      does:\n"
            + does.indent(8));
  }
}
