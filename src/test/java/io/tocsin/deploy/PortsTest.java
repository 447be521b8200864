package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tocsin.cli.AlertingApplication;
import io.tocsin.embedded.ApplicationJars;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether what is asked is where the stage answers. */
class PortsTest {

  private static final Set<String> HEALTH = Set.of("/health/live", "/health/ready");
  private static final int STREAMS = 18_082;
  private static final int API = 18_080;

  private final List<Manifest> all = Manifests.all();

  @Test
  void everyPodIsAskedHowItIs() {
    for (Workload pods : Workload.of(all)) {
      boolean lives = !pods.of().kind().equals("Job");
      assertThat(pods.main().has("livenessProbe")).as("%s", pods).isEqualTo(lives);
      assertThat(pods.main().has("startupProbe")).as("%s", pods).isEqualTo(lives);
      assertThat(pods.main().has("readinessProbe"))
          .as("%s", pods)
          .isEqualTo(lives && !pods.role().equals("taskManager"));
    }
  }

  @Test
  void probesAskWhereTheStageAnswers() {
    for (Workload pods : Workload.of(all)) {
      for (String kind : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonNode probe = pods.main().path(kind);
        if (probe.isMissingNode()) {
          continue;
        }
        JsonNode http = probe.path("httpGet");
        if (pods.role().isEmpty()) {
          assertThat(HEALTH).as("%s %s", pods, kind).contains(http.path("path").asText());
          JsonNode port = pods.port(http.path("port").asText());
          assertThat(port.path("containerPort").asInt())
              .as("%s %s", pods, kind)
              .isEqualTo(listens(pods));
          boolean loopback = host(pods).equals("127.0.0.1");
          assertThat(http.path("host").asText()).isEqualTo(loopback ? "127.0.0.1" : "");
          assertThat(pods.spec().path("hostNetwork").asBoolean()).isEqualTo(loopback);
        } else {
          String key = pods.role().equals("jobManager") ? "rest.port" : "taskmanager.rpc.port";
          int asked = http.path("port").asInt(probe.at("/tcpSocket/port").asInt());
          assertThat(asked).isEqualTo(flink(pods, key));
        }
      }
    }
  }

  /** The address of {@code --http}, if there is one. */
  private Optional<String> http(Workload pods) {
    List<String> arguments = Yaml.texts(pods.main().path("args"));
    int at = arguments.indexOf("--http");
    return at < 0 ? Optional.empty() : Optional.of(arguments.get(at + 1));
  }

  private String host(Workload pods) {
    return http(pods).map(address -> address.replaceFirst(":[0-9]+$", "")).orElse("$(POD_IP)");
  }

  private int listens(Workload pods) {
    return http(pods)
        .map(address -> Integer.parseInt(address.replaceFirst("^.*:", "")))
        .orElse(pods.component().equals("streams") ? STREAMS : API);
  }

  @Test
  void theConfigurationOpensThosePorts() {
    JsonNode config = Yaml.document(Manifests.DIRECTORY.resolve("config/tocsin.yaml"));
    assertThat(config.at("/streams/http/port").asInt()).isEqualTo(STREAMS);
    assertThat(config.at("/ports/api").asInt(API)).isEqualTo(API);
    for (String host : List.of("/streams/http/host", "/server/listen")) {
      assertThat(config.at(host).asText())
          .as("the kubelet asks the pod's address")
          .isEqualTo("${POD_IP}");
    }
  }

  @Test
  void servicesLeadToPortsThatPodsHave() {
    for (Manifest service : all) {
      if (service.kind().equals("Service")) {
        JsonNode selector =
            JsonNodeFactory.instance
                .objectNode()
                .set("matchLabels", service.json().at("/spec/selector"));
        for (JsonNode port : service.json().at("/spec/ports")) {
          assertThat(
                  Workload.of(all).stream()
                      .filter(pods -> pods.matches(selector))
                      .allMatch(pods -> pods.port(port.path("targetPort").asText()).isObject()))
              .as("%s %s", service, port)
              .isTrue();
        }
      }
    }
  }

  @Test
  void theJobIsAsWideAsTheConfigurationSays() {
    Workload flink =
        Workload.of(all).stream().filter(pods -> !pods.role().isEmpty()).findAny().orElseThrow();
    JsonNode spec = flink.of().json().path("spec");
    JsonNode config = Yaml.document(Manifests.DIRECTORY.resolve("config/tocsin.yaml"));
    assertThat(spec.at("/job/parallelism").asInt())
        .isEqualTo(config.at("/alerting/parallelism").asInt());
    assertThat(Yaml.texts(spec.at("/job/args")))
        .as("an option that Flink's own entry point has, or one that begins like it, is lost")
        .containsExactly(ConfigurationTest.FILE);
    assertThat(spec.at("/job/entryClass").asText()).isEqualTo(AlertingApplication.class.getName());
    assertThat(spec.at("/job/jarURI").asText()).endsWith("/" + ApplicationJars.PROGRAM);
  }

  private static int flink(Workload pods, String key) {
    return Integer.parseInt(pods.of().json().at("/spec/flinkConfiguration").path(key).asText());
  }
}
