package io.tocsin.collectors.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.app.mapping.MappingRule;
import io.tocsin.collectors.app.receiver.ReceiverConfig;
import io.tocsin.collectors.app.scrape.ScrapeConfig;
import io.tocsin.schemas.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AppConfigTest {

  private static final URI URL = URI.create("http://localhost:9100/metrics");

  @Test
  void defaultsAreAsDocumented() {
    ScrapeConfig scrape = scrape("node", URL, null, null);
    ReceiverConfig receiver = receiver(null, null);

    assertThat(scrape)
        .isEqualTo(
            new ScrapeConfig(
                "node",
                URL,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                "node",
                Tier.UNSPECIFIED,
                10_485_760,
                20_000,
                null,
                false));
    assertThat(receiver)
        .isEqualTo(
            new ReceiverConfig(
                "127.0.0.1",
                8186,
                null,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                10_485_760,
                50_000,
                "unknown",
                Tier.UNSPECIFIED,
                true));
    assertThat(AppConfig.DEFAULT).isEqualTo(new AppConfig(List.of(), null, List.of(), true));
    assertThat(scrape("a", URL, Duration.ofSeconds(1), null).timeout())
        .isEqualTo(Duration.ofMillis(900));
  }

  @Test
  void valuesThatCannotBeMeantAreRefused() {
    assertThatThrownBy(() -> scrape("Node", URL, null, null)).hasMessageContaining("'Node'");
    assertThatThrownBy(() -> scrape("a", URI.create("ftp://x/"), null, null))
        .hasMessageContaining("http://");
    assertThatThrownBy(() -> scrape("a", URI.create("http://u:p@x/"), null, null))
        .hasMessageContaining("bearer-token-file");
    assertThatThrownBy(() -> scrape("a", null, null, null)).hasMessageContaining("url is missing");
    assertThatThrownBy(() -> scrape("a", URL, Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .hasMessageContaining("shorter than the interval");
    assertThatThrownBy(() -> receiver("0.0.0.0", null)).hasMessageContaining("token-file");
    assertThatThrownBy(() -> receiver("::", null)).hasMessageContaining("token-file");
    assertThatThrownBy(() -> receiver("web-1.example", null))
        .hasMessageContaining("must be an IP address");
    assertThat(receiver("0.0.0.0", Path.of("/etc/token")).bind()).isEqualTo("0.0.0.0");
    assertThat(receiver("::1", null).bind()).isEqualTo("::1");
    ScrapeConfig twice = scrape("a", URL, null, null);
    assertThatThrownBy(() -> new AppConfig(List.of(twice, twice), null, null, null))
        .hasMessageContaining("two scrapes have the id 'a'");
  }

  @Test
  void thereIsACollectorPerTargetAndOneReceiver() {
    AppConfig config =
        new AppConfig(
            List.of(scrape("a", URL, null, null), scrape("b", URL, null, null)),
            receiver(null, null),
            null,
            null);

    assertThat(AppCollectors.collectors(config, Clock.systemUTC()))
        .extracting(Collector::name)
        .containsExactly("app/scrape/a", "app/scrape/b", "app/receiver");
    assertThat(AppCollectors.collectors(AppConfig.DEFAULT, Clock.systemUTC())).isEmpty();
  }

  @Test
  void schemaAndSampleNameEveryKey() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(resource("config.schema.json"));
    String sample = resource("sample.yaml");

    assertKeys(schema, AppConfig.class, sample);
    assertKeys(schema.at("/properties/scrapes/items"), ScrapeConfig.class, sample);
    assertKeys(schema.at("/properties/receiver"), ReceiverConfig.class, sample);
    assertKeys(schema.at("/properties/mapping/items"), MappingRule.class, sample);
  }

  private static void assertKeys(JsonNode schema, Class<? extends Record> type, String sample) {
    List<String> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      keys.add(component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }
    List<String> documented = new ArrayList<>();
    schema.get("properties").fieldNames().forEachRemaining(documented::add);
    assertThat(documented).containsExactlyElementsOf(keys);
    assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
    for (String key : keys) {
      assertThat(sample).contains(key + ":");
      assertThat(schema.at("/properties/" + key).has("description")).as(key).isTrue();
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = AppConfig.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static ScrapeConfig scrape(String id, URI url, Duration interval, Duration timeout) {
    return new ScrapeConfig(id, url, interval, timeout, null, null, null, null, null, null);
  }

  private static ReceiverConfig receiver(String bind, Path token) {
    return new ReceiverConfig(bind, null, token, null, null, null, null, null, null, null);
  }
}
