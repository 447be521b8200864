package io.tocsin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pods that a manifest makes.
 *
 * @param of the manifest
 * @param role empty, but for the two kinds of pods that a FlinkDeployment makes
 * @param labels of its pods
 * @param spec of its pods
 * @param replicas how many there are, at least; 0 for one on each node
 */
record Workload(Manifest of, String role, JsonNode labels, JsonNode spec, int replicas) {

  private static final Set<String> WITH_TEMPLATE =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "Job");
  private static final String FLINK_CONTAINER = "flink-main-container";

  /** The pods of all manifests. */
  static List<Workload> of(List<Manifest> all) {
    return all.stream().flatMap(each -> of(each, all)).toList();
  }

  private static Stream<Workload> of(Manifest manifest, List<Manifest> all) {
    JsonNode spec = manifest.json().path("spec");
    if (WITH_TEMPLATE.contains(manifest.kind())) {
      JsonNode template = spec.path("template");
      return Stream.of(
          new Workload(
              manifest,
              "",
              template.at("/metadata/labels"),
              template.path("spec"),
              replicas(manifest, all)));
    }
    return FlinkType.is(manifest.json())
        ? Stream.of(flink(manifest, "jobManager"), flink(manifest, "taskManager"))
        : Stream.empty();
  }

  private static int replicas(Manifest manifest, List<Manifest> all) {
    if (manifest.kind().equals("DaemonSet")) {
      return 0;
    }
    return all.stream()
        .filter(each -> each.kind().equals("HorizontalPodAutoscaler"))
        .filter(
            each -> each.json().at("/spec/scaleTargetRef/name").asText().equals(manifest.name()))
        .map(each -> each.json().at("/spec/minReplicas").asInt())
        .findAny()
        .orElse(manifest.json().at("/spec/replicas").asInt(1));
  }

  /** As the operator merges templates: what the kind of pod says goes over what all say. */
  private static Workload flink(Manifest manifest, String role) {
    JsonNode spec = manifest.json().path("spec");
    ObjectNode pod = spec.at("/podTemplate/spec").deepCopy();
    for (JsonNode container : pod.path("containers")) {
      if (container.path("name").asText().equals(FLINK_CONTAINER)) {
        ObjectNode main = (ObjectNode) container;
        main.put("image", spec.path("image").asText());
        JsonNode resource = spec.path(role).path("resource");
        main.putObject("resources").set("limits", resource);
        Yaml.each(spec.path(role).at("/podTemplate/spec/containers"))
            .forEach(own -> main.setAll((ObjectNode) own));
      }
    }
    pod.put("serviceAccountName", spec.path("serviceAccount").asText());
    return new Workload(
        manifest,
        role,
        spec.at("/podTemplate/metadata/labels"),
        pod,
        spec.path(role).path("replicas").asInt(spec.at("/job/parallelism").asInt()));
  }

  String component() {
    return labels.path("app.kubernetes.io/component").asText();
  }

  String account() {
    return spec.path("serviceAccountName").asText();
  }

  /** All containers, those that run before the others included. */
  List<JsonNode> containers() {
    return Stream.concat(Yaml.each(spec.path("initContainers")), Yaml.each(spec.path("containers")))
        .toList();
  }

  /** The one that does the work. */
  JsonNode main() {
    return spec.path("containers").path(0);
  }

  /** Volumes, those that a StatefulSet claims included. */
  Stream<JsonNode> volumes() {
    return Yaml.each(spec.path("volumes"));
  }

  Stream<String> volumeNames() {
    Stream<String> claimed =
        Yaml.each(of.json().at("/spec/volumeClaimTemplates"))
            .map(claim -> claim.at("/metadata/name").asText());
    return Stream.concat(volumes().map(volume -> volume.path("name").asText()), claimed);
  }

  /** Whether these pods are among those that a selector picks. */
  boolean matches(JsonNode selector) {
    return selector.path("matchLabels").properties().stream()
        .allMatch(wanted -> wanted.getValue().equals(labels.path(wanted.getKey())));
  }

  /** Its ports by name. */
  JsonNode port(String name) {
    return containers().stream()
        .flatMap(container -> Yaml.each(container.path("ports")))
        .filter(port -> port.path("name").asText().equals(name))
        .findAny()
        .orElse(MissingNode.getInstance());
  }

  @Override
  public String toString() {
    return of + (role.isEmpty() ? "" : " " + role);
  }
}
