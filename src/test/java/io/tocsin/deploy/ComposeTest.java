package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeTest {

  private final JsonNode compose = Compose.read();
  private final Map<String, JsonNode> services = Compose.services(compose);

  @Test
  void itIsOfTheFormThatComposeReadsAndATypoInAnyServiceIsFound(@TempDir Path directory)
      throws InterruptedException {
    ComposeForm form = ComposeForm.fetchedTo(directory);
    assertThat(form.problems(compose)).isEmpty();
    for (String name : services.keySet()) {
      JsonNode copy = compose.deepCopy();
      ((ObjectNode) copy.at("/services/" + name)).put("comand", "x");
      assertThat(form.problems(copy)).as(name).isNotEmpty();
    }
    JsonNode copy = compose.deepCopy();
    ((ObjectNode) copy.at("/services/kafka/healthcheck")).put("intervall", "5s");
    assertThat(form.problems(copy)).isNotEmpty();
  }

  @Test
  void nothingIsMissingAndNothingIsTooMuch() {
    assertThat(ComposeProblems.of(compose)).isEmpty();
  }

  @Test
  void whatIsMissingOrTooMuchIsFound() {
    changed(
        "kafka",
        service -> ((ArrayNode) service.path("ports")).set(0, "19093:19093"),
        "can be reached from elsewhere");
    changed("kafka", service -> service.remove("healthcheck"), "kafka: has no health check");
    changed("serve", service -> service.remove("mem_limit"), "serve: has no mem_limit");
    changed("serve", service -> service.put("user", "0:0"), "serve: runs as root");
    changed("serve", service -> service.put("read_only", false), "can write its own file system");
    changed(
        "serve",
        service -> service.putArray("cap_add").add("NET_ADMIN"),
        "serve: has capabilities");
    changed("serve", service -> service.put("pid", "host"), "serve: pid host");
    changed(
        "record",
        service -> service.putArray("networks").add("histroy"),
        "histroy is not among the networks");
    changed(
        "record",
        service -> service.putArray("secrets").add("ca.cert"),
        "ca.cert is not among the secrets");
    changed(
        "record",
        service -> service.putArray("volumes").add("./compose/none.yaml:/a:ro"),
        "there is no ./compose/none.yaml");
    changed(
        "grafana",
        service -> service.putObject("environment").put("GF_PASSWORD", "x"),
        "a secret in the open");
    changed(
        "record",
        service ->
            ((ObjectNode) service.path("depends_on"))
                .putObject("acls")
                .put("condition", "service_healthy"),
        "waits for acls in a way that it never answers");
  }

  @Test
  void everyStageReachesWhatItNeedsAndNothingElse() {
    Set<String> stages = new TreeSet<>();
    services.forEach(
        (name, service) -> {
          if (Compose.secrets(service).containsKey("/run/secrets/tls.crt")
              && !name.equals("agent")) {
            stages.add(name);
            assertThat(reaches(service, "kafka")).as(name).isTrue();
            assertThat(reaches(service, "registry")).as(name).isTrue();
            assertThat(reaches(service, "influxdb"))
                .as(name)
                .isEqualTo(Set.of("record", "serve").contains(name));
            assertThat(Compose.networks(service).contains("outside"))
                .isEqualTo(name.equals("notifier"));
          }
        });
    assertThat(stages).hasSize(12);
    assertThat(
            services.keySet().stream().filter(name -> reaches(services.get(name), "registry-app")))
        .as("the registry asks nobody who they are: only its gate may reach it")
        .containsExactlyInAnyOrder("registry", "registry-app");
    assertThat(reaches(services.get("grafana"), "influxdb")).isTrue();
    assertThat(reaches(services.get("grafana"), "kafka"))
        .as("through the published ports alone")
        .isTrue();
    for (String network : List.of("pipeline", "registry", "flink", "history")) {
      assertThat(compose.at("/networks/" + network + "/internal").asBoolean()).isTrue();
    }
  }

  /** Names of hosts in the configuration are services, at ports that these open. */
  @Test
  void theConfigurationSpeaksOfTheServices() {
    JsonNode config = Yaml.document(Yaml.DEPLOY.resolve("compose/tocsin.yaml"));
    assertThat(config.at("/cluster/bootstrap-servers").asText()).isEqualTo("kafka:9093");
    assertThat(host(config.at("/cluster/registry"))).isEqualTo("registry");
    assertThat(host(config.at("/history/influxdb/url"))).isEqualTo("influxdb");
    assertThat(services).containsKeys("kafka", "registry", "influxdb");
    JsonNode agent = Yaml.document(Yaml.DEPLOY.resolve("compose/agent.yaml"));
    published("kafka", "kafka://" + agent.at("/cluster/bootstrap-servers").asText());
    published("registry", agent.at("/cluster/registry").asText());
  }

  private void published(String service, String url) {
    assertThat(Yaml.texts(services.get(service).path("ports")))
        .anyMatch(port -> port.startsWith("127.0.0.1:" + URI.create(url).getPort() + ":"));
  }

  private boolean reaches(JsonNode service, String other) {
    return Compose.networks(service).stream()
        .anyMatch(Compose.networks(services.get(other))::contains);
  }

  private static String host(JsonNode url) {
    return URI.create(url.asText()).getHost();
  }

  private void changed(String name, Consumer<ObjectNode> change, String problem) {
    JsonNode copy = compose.deepCopy();
    change.accept((ObjectNode) copy.at("/services/" + name));
    assertThat(ComposeProblems.of(copy)).anyMatch(each -> each.contains(problem));
  }
}
