package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.cli.AlertingApplication;
import io.tocsin.config.Config;
import io.tocsin.e2e.RealPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the services of the compose file are given, taken as they would take it. */
class ComposeStagesTest {

  private static final String FILE = "/etc/tocsin/tocsin.yaml";
  private static final Set<String> OF_EVERY_STAGE =
      Set.of("/run/secrets/ca.crt", "/run/secrets/tls.crt", "/run/secrets/tls.key");

  /** Beside what every stage has. */
  private static final Map<String, Set<String>> SECRETS =
      Map.of(
          "alerting", Set.of("/run/secrets/plan-signing.key", "/run/secrets/plan-signing.pub"),
          "alerting-tasks",
              Set.of("/run/secrets/plan-signing.key", "/run/secrets/plan-signing.pub"),
          "respond", Set.of("/run/secrets/plan-signing.pub"),
          "record", Set.of("/run/secrets/influxdb-token"),
          "serve", Set.of("/run/secrets/influxdb-token"));

  private static final Set<String> OF_THE_AUTHORIZER =
      Set.of("super.users", "allow.everyone.if.no.acl.found");

  @TempDir Path root;

  private final Map<String, JsonNode> services = Compose.services(Compose.read());

  private Map<String, JsonNode> stages() {
    return services.entrySet().stream()
        .filter(
            each -> Compose.volumes(each.getValue()).stream().anyMatch(to -> to[1].equals(FILE)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void everyStageCanUseItsConfiguration() throws Exception {
    assertThat(stages()).hasSizeGreaterThan(10);
    for (Map.Entry<String, JsonNode> stage : stages().entrySet()) {
      Config config = load(stage.getValue());
      assertThat(config.cluster().security().certificate()).as(stage.getKey()).isNotNull();
    }
    assertThat(load(services.get("streams-2")).streams().http().address())
        .isEqualTo("streams-2:18082");
  }

  private Config load(JsonNode stage) throws Exception {
    String source =
        Compose.volumes(stage).stream().filter(to -> to[1].equals(FILE)).findAny().orElseThrow()[0];
    Map<String, String> environment = new HashMap<>();
    stage
        .path("environment")
        .properties()
        .forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
    return ForeignConfig.load(
        root,
        Files.readString(Yaml.DEPLOY.resolve(source)),
        environment,
        Compose.secrets(stage).keySet());
  }

  @Test
  void everyStageHasTheSecretsItNeedsAndNoOther() {
    stages()
        .forEach(
            (name, stage) -> {
              Set<String> expected = new TreeSet<>(OF_EVERY_STAGE);
              expected.addAll(SECRETS.getOrDefault(name, Set.of()));
              assertThat(Compose.secrets(stage).keySet()).as(name).isEqualTo(expected);
            });
  }

  @Test
  void noTwoStagesAreTheSamePrincipalUnlessTheyShareTheirWork() {
    Map<String, Set<String>> stagesByKey =
        stages().entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    stage -> Compose.secrets(stage.getValue()).get("/run/secrets/tls.key"),
                    Collectors.mapping(Map.Entry::getKey, Collectors.toCollection(TreeSet::new))));
    assertThat(stagesByKey.values().stream().filter(stages -> stages.size() > 1))
        .containsExactlyInAnyOrder(
            Set.of("streams-1", "streams-2"),
            Set.of("alerting", "alerting-tasks"),
            Set.of("acls", "prepare"),
            Set.of("rules", "cli"));
  }

  @Test
  void theScriptMakesEverySecretAndLeavesWhatIsThere() throws Exception {
    RealPart.need("openssl", "apt-get install openssl", "openssl", "version");
    Path made = root.resolve("private");
    String[] script = {Yaml.DEPLOY.resolve("compose/secrets").toString(), made.toString()};
    run(script);
    byte[] before = Files.readAllBytes(made.resolve("influxdb-token"));
    run(script);

    assertThat(Files.readAllBytes(made.resolve("influxdb-token"))).isEqualTo(before);
    Set<String> wanted = new TreeSet<>();
    Compose.read()
        .path("secrets")
        .forEach(
            secret -> wanted.add(Path.of(secret.path("file").asText()).getFileName().toString()));
    try (Stream<Path> files = Files.list(made)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsAll(wanted);
    }
    assertThat(Files.readString(made.resolve("plan-signing.key"))).contains("BEGIN PRIVATE KEY");
    assertThat(Files.readString(made.resolve("streams.key"))).contains("BEGIN PRIVATE KEY");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void theJobIsToldItsConfigurationAndNothingThatFlinkWouldTakeForItsOwn() {
    assertThat(Yaml.texts(services.get("alerting").path("command")))
        .containsExactly(
            "standalone-job", "--job-classname", AlertingApplication.class.getName(), FILE);
  }

  @Test
  void theBrokerTakesItsProperties() throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(Yaml.DEPLOY.resolve("compose/kafka.properties"))) {
      properties.load(in);
    }
    KafkaConfig config = KafkaConfig.fromProps(properties);
    assertThat(config.values().get("ssl.client.auth")).isEqualTo("required");
    assertThat(properties.stringPropertyNames())
        .as("keys that Kafka does not know are ignored by it")
        .allMatch(key -> config.values().keySet().contains(key) || OF_THE_AUTHORIZER.contains(key));
    assertThat(properties).containsEntry("allow.everyone.if.no.acl.found", "false");
  }
}
