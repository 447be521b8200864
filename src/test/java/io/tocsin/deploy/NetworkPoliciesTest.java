package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.deploy.Traffic.End;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of the design, and no other, can be drawn. */
class NetworkPoliciesTest {

  private static final End STRANGER = End.pod("default", Map.of("app", "shell"));
  private static final End PROMETHEUS =
      End.pod("monitoring", Map.of("app.kubernetes.io/name", "prometheus"));
  private static final End OPERATOR =
      End.pod("flink-operator", Map.of("app.kubernetes.io/name", "flink-kubernetes-operator"));
  private static final End INGRESS =
      End.pod("ingress-nginx", Map.of("app.kubernetes.io/name", "ingress-nginx"));
  private static final Set<String> FLINK_PORTS =
      Set.of(
          "jobmanager.rpc.port",
          "blob.server.port",
          "taskmanager.data.port",
          "taskmanager.rpc.port",
          "rest.port");

  private final List<Manifest> all = Manifests.all();
  private final Traffic traffic = new Traffic(all);

  /** Those whose network is not their node's, which no policy covers. */
  private Stream<Workload> pods() {
    return Workload.of(all).stream().filter(pods -> !pods.spec().path("hostNetwork").asBoolean());
  }

  private Workload pod(String component) {
    return pods().filter(each -> each.component().equals(component)).findAny().orElseThrow();
  }

  @Test
  void everyStageReachesWhatItsConfigurationNames() {
    pods()
        .forEach(
            pods -> {
              Map<String, String> places =
                  new PodFiles(pods, pods.main(), all, SecretsToMake.read()).environment();
              assertThat(reaches(pods, "http://" + places.get("KAFKA"))).as("%s", pods).isTrue();
              assertThat(reaches(pods, places.get("REGISTRY"))).as("%s", pods).isTrue();
              assertThat(reaches(pods, places.get("INFLUXDB")))
                  .as("%s", pods)
                  .isEqualTo(Set.of("recorder", "console").contains(pods.component()));
            });
    JsonNode config = Yaml.document(Manifests.DIRECTORY.resolve("config/tocsin.yaml"));
    for (JsonNode check : config.path("checks")) {
      String url = check.at("/http/url").asText();
      pods()
          .forEach(
              pods ->
                  assertThat(reaches(pods, url))
                      .as("%s to %s", pods, url)
                      .isEqualTo(pods.component().equals("prober")));
    }
  }

  @Test
  void everyStageCanAskForNames() {
    End dns = End.pod("kube-system", Map.of("k8s-app", "kube-dns"));
    assertThat(pods()).allMatch(pods -> traffic.leaves(End.of(pods), dns, 53));
  }

  @Test
  void instancesOfTheStreamsAskEachOther() {
    passes(pod("streams"), pod("streams"), 18_082);
    assertThat(traffic.enters(End.of(pod("console")), End.of(pod("streams")), 18_082)).isFalse();
  }

  @Test
  void flinkReachesItself() {
    JsonNode flink = pod("alerting").of().json().at("/spec/flinkConfiguration");
    for (String key : FLINK_PORTS) {
      passes(pod("alerting"), pod("alerting"), Integer.parseInt(flink.path(key).asText()));
    }
    assertThat(traffic.enters(OPERATOR, End.of(pod("alerting")), 8_081)).isTrue();
    assertThat(traffic.enters(PROMETHEUS, End.of(pod("alerting")), 8_081)).isFalse();
  }

  @Test
  void onlyWhoeverHasRightsThereReachesTheApiServer() {
    End server = End.address("10.96.0.1");
    pods()
        .forEach(
            pods ->
                assertThat(traffic.leaves(End.of(pods), server, 443))
                    .as("%s", pods)
                    .isEqualTo(Set.of("responder", "alerting").contains(pods.component())));
  }

  @Test
  void theNotifierAloneLeavesTheHouseAndReachesNobodyInIt() {
    assertThat(traffic.leaves(End.of(pod("notifier")), End.address("203.0.113.9"), 443)).isTrue();
    assertThat(traffic.leaves(End.of(pod("streams")), End.address("203.0.113.9"), 443)).isFalse();
    for (String inside : List.of("10.0.0.5", "172.20.1.1", "192.168.1.1", "169.254.169.254")) {
      assertThat(traffic.leaves(End.of(pod("notifier")), End.address(inside), 443)).isFalse();
    }
    assertThat(pods())
        .noneMatch(pods -> traffic.leaves(End.of(pods), End.address("169.254.169.254"), 80));
  }

  @Test
  void nobodyFromOutsideComesIn() {
    pods()
        .forEach(
            pods -> {
              for (int port :
                  List.of(6_121, 6_122, 6_123, 6_124, 8_081, 9_249, 18_080, 18_082, 18_083)) {
                assertThat(traffic.enters(STRANGER, End.of(pods), port))
                    .as("%s %s", pods, port)
                    .isFalse();
                assertThat(traffic.enters(End.address("203.0.113.9"), End.of(pods), port))
                    .isFalse();
                assertThat(traffic.enters(INGRESS, End.of(pods), port))
                    .isEqualTo(pods.component().equals("console") && port == 18_080);
              }
              assertThat(traffic.leaves(End.of(pods), STRANGER, 8_080)).as("%s", pods).isFalse();
            });
  }

  @Test
  void figuresCanBeRead() {
    assertThat(traffic.enters(PROMETHEUS, End.of(pod("streams")), 18_082)).isTrue();
    for (String stage : List.of("responder", "notifier", "recorder")) {
      assertThat(traffic.enters(PROMETHEUS, End.of(pod(stage)), 18_083)).isTrue();
    }
    assertThat(traffic.enters(PROMETHEUS, End.of(pod("alerting")), 9_249)).isTrue();
  }

  @Test
  void withoutThePolicyThatForbidsAllMuchWouldPass() {
    Traffic open =
        new Traffic(all.stream().filter(each -> !each.name().equals("nothing")).toList());

    assertThat(open.leaves(End.of(pod("prepare")), STRANGER, 22)).isFalse();
    assertThat(new Traffic(List.of()).leaves(End.of(pod("prepare")), STRANGER, 22)).isTrue();
  }

  private void passes(Workload from, Workload to, int port) {
    assertThat(traffic.leaves(End.of(from), End.of(to), port))
        .as("%s to %s %s", from, to, port)
        .isTrue();
    assertThat(traffic.enters(End.of(from), End.of(to), port))
        .as("%s from %s %s", to, from, port)
        .isTrue();
  }

  /** To {@code <service>.<namespace>.svc}, whatever its pods' labels. */
  private boolean reaches(Workload from, String url) {
    URI uri = URI.create(url);
    String namespace = uri.getHost().split("\\.")[1];
    return traffic.leaves(End.of(from), End.pod(namespace, Map.of()), uri.getPort());
  }
}
