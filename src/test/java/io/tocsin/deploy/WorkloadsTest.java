package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

  private final List<Manifest> all = Manifests.all();
  private final Set<String> secrets = SecretsToMake.read().keySet();

  @Test
  void everythingThatIsNamedIsThere() {
    assertThat(References.problems(all, secrets)).isEmpty();
  }

  @Test
  void noSecretIsMadeForNothing() {
    Set<String> used = new TreeSet<>();
    for (Workload pods : Workload.of(all)) {
      pods.volumes()
          .filter(volume -> volume.has("secret"))
          .forEach(
              volume ->
                  used.add(pods.of().namespace() + "/" + volume.at("/secret/secretName").asText()));
    }
    assertThat(used).containsExactlyInAnyOrderElementsOf(secrets);
  }

  @Test
  void noPodHasMoreThanItNeeds() {
    assertThat(Hardening.problems(all)).isEmpty();
    assertThat(Hardening.notNeeded(all)).as("exceptions that nothing needs").isEmpty();
  }

  @Test
  void whatIsMissingIsFound() {
    missing("ServiceAccount", "streams", "there is no ServiceAccount tocsin/streams");
    missing("ConfigMap", "tocsin-places", "there is no ConfigMap tocsin/tocsin-places");
    missing(
        "PersistentVolumeClaim", "alerting", "there is no PersistentVolumeClaim tocsin-alerting");
    missing("StatefulSet", "streams", "there is no StatefulSet tocsin/streams");
    changed("StatefulSet", "streams", pod -> volumes(pod).remove(0), "mounts config, which is no");
    changed(
        "StatefulSet",
        "streams",
        pod -> ((ObjectNode) volumes(pod).get(1).path("secret")).put("secretName", "other"),
        "nobody is told to make Secret tocsin/other");
    changed(
        "Deployment",
        "console",
        pod -> ((ObjectNode) pod.at("/metadata/labels")).put("app.kubernetes.io/component", "x"),
        "its selector does not pick its own pods",
        "Service tocsin/console: picks the pods of 0 workloads",
        "PodDisruptionBudget tocsin/console: picks the pods of 0 workloads");
  }

  @Test
  void whatIsTooMuchIsFound() {
    changed("DaemonSet", "agents", pod -> security(pod).put("privileged", true), "is privileged");
    changed("StatefulSet", "streams", pod -> security(pod).put("runAsUser", 0), "runs as root");
    changed(
        "Deployment",
        "console",
        pod -> ((ObjectNode) container(pod).path("resources")).remove("limits"),
        "console: has no limit for memory");
    changed(
        "Deployment",
        "console",
        pod -> ((ObjectNode) pod.path("spec")).remove("topologySpreadConstraints"),
        "console: all of its pods may be on one node");
    changed(
        "Deployment",
        "notifier",
        pod -> ((ObjectNode) pod.path("spec")).put("hostNetwork", true),
        "notifier: hostNetwork");
    List<Manifest> copy = Manifests.copy(all);
    copy.stream()
        .filter(each -> each.is("Role", "tocsin-alerting", "alerting"))
        .forEach(each -> ((ArrayNode) each.json().at("/rules/0/verbs")).add("*"));
    assertThat(Hardening.problems(copy)).anyMatch(each -> each.contains("without names of verbs"));
  }

  @Test
  void aBudgetLetsANodeBeEmptied() {
    for (Manifest budget : all) {
      if (budget.kind().equals("PodDisruptionBudget")) {
        JsonNode spec = budget.json().path("spec");
        Workload pods =
            Workload.of(all).stream()
                .filter(each -> each.matches(spec.path("selector")))
                .findAny()
                .orElseThrow();
        assertThat(pods.replicas())
            .as("a budget for one keeps a node from being emptied")
            .isGreaterThan(1);
        assertThat(spec.path("minAvailable").asInt(0)).as("%s", budget).isLessThan(pods.replicas());
        assertThat(spec.path("maxUnavailable").asInt(1)).as("%s", budget).isPositive();
      }
    }
  }

  @Test
  void whatThereMayBeOneOfIsThereOnceAndNeverTwiceWhileItIsReplaced() {
    Manifest recorder =
        all.stream()
            .filter(each -> each.is("Deployment", "tocsin", "recorder"))
            .findAny()
            .orElseThrow();
    assertThat(recorder.json().at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(recorder.json().at("/spec/strategy/type").asText()).isEqualTo("Recreate");
    for (Workload pods : Workload.of(all)) {
      if (List.of("responder", "notifier").contains(pods.component())) {
        assertThat(pods.replicas()).isEqualTo(2);
        assertThat(Yaml.texts(pods.main().path("args"))).contains("--standby");
      }
    }
  }

  private void missing(String kind, String name, String problem) {
    List<Manifest> less =
        all.stream()
            .filter(each -> !(each.kind().equals(kind) && each.name().equals(name)))
            .toList();
    assertThat(References.problems(less, secrets)).anyMatch(each -> each.contains(problem));
  }

  private void changed(String kind, String name, Consumer<JsonNode> change, String... problems) {
    List<Manifest> copy = Manifests.copy(all);
    copy.stream()
        .filter(each -> each.kind().equals(kind) && each.name().equals(name))
        .forEach(each -> change.accept(each.json().at("/spec/template")));
    List<String> found = new ArrayList<>(References.problems(copy, secrets));
    found.addAll(Hardening.problems(copy));
    for (String problem : problems) {
      assertThat(found).anyMatch(each -> each.contains(problem));
    }
  }

  private static ArrayNode volumes(JsonNode pod) {
    return (ArrayNode) pod.at("/spec/volumes");
  }

  private static JsonNode container(JsonNode pod) {
    return pod.at("/spec/containers/0");
  }

  private static ObjectNode security(JsonNode pod) {
    return (ObjectNode) container(pod).path("securityContext");
  }
}
