package io.tocsin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.config.Config;
import io.tocsin.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSettingsTest {

  @TempDir Path directory;

  @Test
  void besideItsBrokerAnAgentNeedsNoSpool() throws Exception {
    assertThat(AgentSettings.beside(load("agent: {id: web-1}"), Clock.systemUTC()).spool())
        .isNull();
  }

  @Test
  void whatOthersWereToldIsTakenGoesToASpoolEverywhere() throws Exception {
    Config receiving = load("collectors: {app: {receiver: {port: 8186}}}");

    assertThat(AgentSettings.beside(receiving, Clock.systemUTC()).spool()).isNotNull();
  }

  @Test
  void checksThatDoNotSayShareTheTierOfTheirService() throws Exception {
    Config config =
        load(
            """
            checks:
              - {id: a, service: shop, tier: core, tcp: {host: localhost, port: 80}}
              - {id: b, service: shop, tcp: {host: localhost, port: 81}}
            """);

    assertThat(AgentSettings.alone(config, Clock.systemUTC()).collectors())
        .filteredOn(part -> part.name().startsWith("health/"))
        .extracting(part -> part.config().toString())
        .hasSize(2)
        .allMatch(check -> check.contains("tier=CORE"));
  }

  private Config load(String text) throws Exception {
    return new ConfigLoader().load(Files.writeString(directory.resolve("tocsin.yaml"), text));
  }
}
