package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.alerting.healing.config.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  @TempDir Path directory;

  @Test
  void fillsInTheDefaultsOfWhatIsNotWritten() throws Exception {
    Config config =
        load(
            """
            checks:
              - id: shop
                service: shop
                http: {url: "http://127.0.0.1:8081/health"}
            """);

    assertThat(config.ports().kafka()).isEqualTo(19092);
    assertThat(config.minFreeDiskBytes()).isEqualTo(1L << 30);
    assertThat(config.checks().get(0).check().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(RuleSources.read(config).rules())
        .extracting(rule -> rule.rule().name())
        .contains("service-down", "bottleneck");
    assertThat(config.healing().mode()).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void reportsEveryProblemAtOnceWithLineAndKey() throws IOException {
    List<String> problems =
        problemsOf(
            """
            prots: {kafka: 1}
            agent:
              host-interval: 1 second
            checks:
              - id: Shop
                service: shop
                http: {url: "ftp://x"}
              - id: db
                service: shop
            rules:
              - name: down
                signal: healht
            """);

    assertThat(problems).hasSize(6);
    assertThat(problems.get(0)).startsWith("tocsin.yaml:1:").contains("prots: unknown key");
    assertThat(problems.get(1)).startsWith("tocsin.yaml:3:").contains("agent.host-interval");
    assertThat(problems.get(2)).startsWith("tocsin.yaml:5:").contains("checks[0].id");
    assertThat(problems.get(3)).startsWith("tocsin.yaml:7:").contains("checks[0].http.url");
    assertThat(problems.get(4))
        .startsWith("tocsin.yaml:8:")
        .contains("exactly one of http, tcp, grpc");
    assertThat(problems.get(5)).startsWith("tocsin.yaml:12:").contains("rules[0].signal");
  }

  @Test
  void readsHowTheStreamsRun() throws Exception {
    StreamsSection streams =
        load("""
                streams:
                  instance-id: streams-2
                  standbys: 1
                  commit-interval: 50ms
                  state-dir: /var/lib/tocsin/streams
                  http: {host: streams-2.example.org}
                """)
            .streams();

    assertThat(streams.instanceId()).isEqualTo("streams-2");
    assertThat(streams.standbys()).isEqualTo(1);
    assertThat(streams.commitInterval()).isEqualTo(Duration.ofMillis(50));
    assertThat(streams.stateDir()).isEqualTo(Path.of("/var/lib/tocsin/streams"));
    assertThat(streams.http().address()).isEqualTo("streams-2.example.org:18082");
    assertThat(Config.defaults().streams().http().host()).isEqualTo("127.0.0.1");
  }

  @Test
  void historyHasOneStoreOrNoneAndMayHavePrices() throws Exception {
    String influx = "influxdb: {url: \"http://influxdb:8086\"}";
    String quest =
        "questdb: {url: \"http://q:9000\", sql: \"q:8812\", user: a, password: {env: A},"
            + " plain-text: true}";
    assertThat(load("history: {prices: p.yaml}\n").history().questdb()).isNull();
    assertThat(load("history: {prices: p.yaml, " + influx + "}\n").history().prices())
        .isEqualTo(Path.of("p.yaml"));
    assertThat(problemsOf("history: {" + quest + ", " + influx + "}\n"))
        .singleElement()
        .asString()
        .contains("history.influxdb", "keep one of the two");
  }

  @Test
  void reportsEveryProblemOfTheStreamsAtOnce() throws IOException {
    List<String> form =
        problemsOf(
            """
            streams:
              instance-id: Streams 2
              threads: 0
              http: {host: "a/b", prot: 1}
            """);
    assertThat(form).hasSize(4);
    assertThat(form.get(0)).startsWith("tocsin.yaml:2:").contains("streams.instance-id");
    assertThat(form.get(1)).startsWith("tocsin.yaml:3:").contains("streams.threads");
    assertThat(form.get(2)).startsWith("tocsin.yaml:4:").contains("is not a host name");
    assertThat(form.get(3)).startsWith("tocsin.yaml:4:").contains("streams.http.prot: unknown key");

    List<String> sense =
        problemsOf(
            """
            streams:
              commit-interval: 0ms
              http: {host: 0.0.0.0}
            """);
    assertThat(sense).hasSize(2);
    assertThat(sense.get(0)).startsWith("tocsin.yaml:2:").contains("no time at all");
    assertThat(sense.get(1)).startsWith("tocsin.yaml:3:").contains("this machine's own name");
  }

  @Test
  void reportsEachBlockThatItsCollectorRefuses() throws IOException {
    List<String> problems =
        problemsOf(
            """
            collectors:
              host: {interval: 10ms}
              network:
                paths:
                  - {id: shop, tcp: {host: localhost, port: 80}}
              vm:
                deadline: 5s
            checks:
              - {id: shop, service: shop, timeout: 5s, tcp: {host: localhost, port: 80}}
            """);

    assertThat(problems).hasSize(3);
    assertThat(problems.get(0))
        .startsWith("tocsin.yaml:2:")
        .contains("collectors.host: ", "100 ms");
    assertThat(problems.get(1)).startsWith("tocsin.yaml:7:").contains("collectors.vm", "deadline");
    assertThat(problems.get(2)).startsWith("tocsin.yaml:9:").contains("checks[0]", "do not fit");
  }

  @Test
  void historyIsKeptInOnePlaceAndItsSeriesAreBounded() throws IOException {
    List<String> problems =
        problemsOf(
            """
            history:
              max-series: 7
            """);
    assertThat(problems).singleElement().asString().contains("history.max-series", "100");
    assertThat(
            problemsOf(
                """
                history:
                  questdb: {url: "http://q:9000", sql: "q:8812", user: a, password: {env: P}, plain-text: true}
                  influxdb: {url: "http://i:8086"}
                """))
        .singleElement()
        .asString()
        .contains("history.influxdb", "keep one of the two");
    assertThat(Config.defaults().history().maxSeries()).isEqualTo(100_000);
  }

  @Test
  void aCheckAndAPathOfOneNameWouldBeOneResource() throws IOException {
    assertThat(
            problemsOf(
                """
                collectors:
                  network:
                    paths:
                      - {id: shop, tcp: {host: localhost, port: 80}}
                checks:
                  - {id: shop, service: shop, tcp: {host: localhost, port: 80}}
                """))
        .singleElement()
        .asString()
        .startsWith("tocsin.yaml:4:")
        .contains("collectors.network.paths[0].id: shop is the id of a check too");
  }

  @Test
  void findsNamesThatNameNothingOrAreUsedTwice() throws IOException {
    List<String> problems =
        problemsOf(
            """
            ports: {kafka: 7000, api: 7000}
            checks:
              - {id: shop, service: shop, tcp: {host: localhost, port: 80}}
              - {id: shop, service: shop, tcp: {host: localhost, port: 81}}
            healing:
              actions:
                - name: restart
                  targets: [endpoint/shop, endpoint/other]
                  does: {exec: {argv: [/bin/true]}}
            """);

    assertThat(problems).hasSize(3);
    assertThat(problems.get(0)).contains("ports.kafka: is the same port as api: 7000");
    assertThat(problems.get(1)).startsWith("tocsin.yaml:4:").contains("shop is used twice");
    assertThat(problems.get(2))
        .startsWith("tocsin.yaml:8:")
        .contains("endpoint/other has no check");
  }

  @Test
  void findsWhatHealingSaysThatCannotBe() throws IOException {
    List<String> problems =
        problemsOf(
            """
            checks:
              - {id: shop, service: shop, tcp: {host: localhost, port: 80}}
            rules:
              - {name: down, signal: health, when: "!up", summary: "{resource}", heal: [restart, nothing]}
            healing:
              mode: auto
              actions:
                - {name: restart, targets: {endpoint/shop: "-rf"}, does: {exec: {argv: [/bin/true]}}}
                - {name: look, targets: [endpoint/shop], does: {exec: {argv: [bin/true]}}}
            """);
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0)).startsWith("tocsin.yaml:8:").contains("called '-rf'");
    assertThat(problems.get(1)).startsWith("tocsin.yaml:9:").contains("bin/true", "absolute");
  }

  @Test
  void findsLaddersAndRulesThatNameNothingAndActionsThatPeopleHearOfTooLate() throws IOException {
    List<String> problems =
        problemsOf(
            """
            checks:
              - {id: shop, service: shop, tcp: {host: localhost, port: 80}}
            rules:
              - {name: down, signal: health, when: "!up", summary: "{resource}", heal: [restart, nothing]}
            healing:
              mode: auto
              actions:
                - {name: restart, targets: [endpoint/shop], does: {exec: {argv: [/bin/true]}}}
              ladders:
                - {name: web, steps: [restart, drain]}
                - {name: restart, steps: [restart]}
            notifications:
              route: {routes: [{match: {priority: P0}, group-wait: 30s}]}
            """);
    assertThat(problems)
        .anySatisfy(
            text -> assertThat(text).contains(":4:").contains("no action or ladder nothing"))
        .anySatisfy(text -> assertThat(text).contains(":10:").contains("there is no action drain"))
        .anySatisfy(text -> assertThat(text).contains(":11:").contains("restart is an action"))
        .anySatisfy(text -> assertThat(text).contains(":8:").contains("a route waits 30 s"))
        .hasSize(4);
  }

  @Test
  void findsWhatNotificationsSayThatCannotBe() throws IOException {
    List<String> problems =
        problemsOf(
            """
            notifications:
              channels:
                - {name: ops, via: {log: {}}, title: "{{sumary}}"}
                - {name: ops, via: {log: {}}, fallback: nobody}
              route: {channels: [pager], routes: [{match: {colour: red}}]}
              allow-private: ["10.0.0.0/99"]
            """);
    assertThat(problems)
        .anySatisfy(text -> assertThat(text).contains(":3:").contains("sumary"))
        .anySatisfy(text -> assertThat(text).contains(":4:").contains("ops"))
        .anySatisfy(text -> assertThat(text).contains(":4:").contains("nobody"))
        .anySatisfy(text -> assertThat(text).contains(":5:").contains("pager"))
        .anySatisfy(text -> assertThat(text).contains(":5:").contains("colour"))
        .anySatisfy(text -> assertThat(text).contains(":6:").contains("10.0.0.0/99"));
  }

  @Test
  void namesTheLineOfWhatIsNotYaml() throws IOException {
    assertThat(problemsOf("checks:\n  - id: [shop\n"))
        .singleElement()
        .asString()
        .startsWith("tocsin.yaml:2:14: is not YAML: ")
        .contains("expected ',' or ']'");
  }

  @Test
  void saysThatAFileIsMissingOrEmpty() throws IOException {
    assertThat(problemsOf(""))
        .singleElement()
        .asString()
        .endsWith("is empty; write at least one key");
    ConfigException missing =
        catchThrowableOfType(
            ConfigException.class, () -> new ConfigLoader().load(directory.resolve("no.yaml")));
    assertThat(missing).hasMessageEndingWith("there is no such file");
  }

  private List<String> problemsOf(String text) throws IOException {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> load(text));
    assertThat(refused).as("accepted: %s", text).isNotNull();
    return refused.problems().stream()
        .map(ConfigProblem::toString)
        .map(line -> line.replace(directory + "/", ""))
        .toList();
  }

  private Config load(String text) throws ConfigException, IOException {
    Path file = directory.resolve("tocsin.yaml");
    Files.writeString(file, text);
    return new ConfigLoader().load(file);
  }
}
