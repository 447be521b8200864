package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alerting.notify.channel.ChannelKinds;
import io.tocsin.alerting.notify.config.ChannelConfig;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The documented block of each channel is one that can be used. */
class ChannelSamplesTest {

  @TempDir Path directory;

  static Stream<String> kinds() {
    return ChannelKinds.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theSampleCanBeUsed(String kind) throws Exception {
    String sample;
    try (InputStream in = ChannelKinds.class.getResourceAsStream(kind + "/sample.yaml")) {
      sample = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    ChannelConfig channel = new ConfigLoader().load(file(sample)).notifications().channels().get(0);

    assertThat(channel.via().kind()).isEqualTo(kind);
    assertThat(channel.via()).isInstanceOf(ChannelKinds.all().get(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pagerduty: {}|routing-key",
        "pagerduty: {routing-key: {file: /k}, region: mars}|region",
        "slack: {}|webhook",
        "slack: {token: {env: T}}|channel",
        "alertmanager: {urls: []}|urls",
        "alertmanager: {urls: ['http://a'], ends-after: 1m}|ends-after",
        "opsgenie: {api-key: s3cret}|api-key",
        "email: {host: m, from: x, to: [a@b.c]}|from",
        "email: {host: m, from: a@b.c, to: ['a@b.c, d@e.f']}|to",
        "webhook: {url: 'ftp://x'}|url",
        "webhook: {url: 'https://user:pw@example.org'}|url",
        "log: {level: loud}|level"
      })
  void whatIsWrongIsNamed(String via, String key) throws Exception {
    Path file = file(via);

    assertThatThrownBy(() -> new ConfigLoader().load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }

  private Path file(String via) throws Exception {
    Path file = directory.resolve("tocsin.yaml");
    Files.writeString(
        file, "notifications:\n  channels:\n    - name: one\n      via:\n" + via.indent(8));
    return file;
  }
}
