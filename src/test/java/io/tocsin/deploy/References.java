package io.tocsin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether what manifests name is there. */
final class References {

  private final List<Manifest> all;
  private final Set<String> secretsOfTheUser;
  private final List<String> problems = new ArrayList<>();

  private References(List<Manifest> all, Set<String> secretsOfTheUser) {
    this.all = all;
    this.secretsOfTheUser = secretsOfTheUser;
  }

  /**
   * What is missing.
   *
   * @param secretsOfTheUser {@code namespace/name} of Secrets that the manual has people make
   */
  static List<String> problems(List<Manifest> all, Set<String> secretsOfTheUser) {
    References references = new References(all, secretsOfTheUser);
    Workload.of(all).forEach(references::check);
    all.forEach(references::selectors);
    return references.problems;
  }

  private void check(Workload pods) {
    mounts(pods);
    String namespace = pods.of().namespace();
    need("ServiceAccount", namespace, pods.account(), pods);
    pods.volumes().forEach(volume -> volume(pods, volume));
    for (JsonNode container : pods.containers()) {
      Yaml.each(container.path("envFrom"))
          .forEach(
              from -> need("ConfigMap", namespace, from.at("/configMapRef/name").asText(), pods));
    }
    if (pods.of().kind().equals("StatefulSet")) {
      need("Service", namespace, pods.of().json().at("/spec/serviceName").asText(), pods);
    }
  }

  private void volume(Workload pods, JsonNode volume) {
    String namespace = pods.of().namespace();
    if (volume.has("configMap")) {
      need("ConfigMap", namespace, volume.at("/configMap/name").asText(), pods);
    } else if (volume.has("secret")) {
      String name = namespace + "/" + volume.at("/secret/secretName").asText();
      if (!secretsOfTheUser.contains(name)) {
        problems.add(pods + ": nobody is told to make Secret " + name);
      }
    } else if (volume.has("persistentVolumeClaim")) {
      String claim = volume.at("/persistentVolumeClaim/claimName").asText();
      need("PersistentVolumeClaim", namespace, claim, pods);
    } else if (!volume.has("emptyDir") && !volume.has("hostPath")) {
      problems.add(pods + ": volume " + volume + " is of a kind that is not expected");
    }
  }

  private void mounts(Workload pods) {
    Set<String> there = pods.volumeNames().collect(Collectors.toSet());
    Set<String> mounted = new HashSet<>();
    for (JsonNode container : pods.containers()) {
      Yaml.each(container.path("volumeMounts"))
          .map(mount -> mount.path("name").asText())
          .forEach(mounted::add);
    }
    mounted.stream()
        .filter(name -> !there.contains(name))
        .forEach(name -> problems.add(pods + ": mounts " + name + ", which is no volume"));
    there.stream()
        .filter(name -> !mounted.contains(name))
        .forEach(name -> problems.add(pods + ": volume " + name + " is mounted nowhere"));
  }

  private void selectors(Manifest manifest) {
    JsonNode spec = manifest.json().path("spec");
    switch (manifest.kind()) {
      case "Deployment", "StatefulSet", "DaemonSet" -> {
        Workload pods = Workload.of(List.of(manifest)).get(0);
        if (spec.path("selector").isMissingNode() || !pods.matches(spec.path("selector"))) {
          problems.add(manifest + ": its selector does not pick its own pods");
        }
      }
      case "PodDisruptionBudget" -> picks(manifest, spec.path("selector"));
      case "Service" ->
          picks(
              manifest,
              JsonNodeFactory.instance.objectNode().set("matchLabels", spec.path("selector")));
      case "HorizontalPodAutoscaler" ->
          need(
              spec.at("/scaleTargetRef/kind").asText(),
              manifest.namespace(),
              spec.at("/scaleTargetRef/name").asText(),
              manifest);
      default -> {}
    }
  }

  private void picks(Manifest manifest, JsonNode selector) {
    long picked =
        Workload.of(all).stream()
            .filter(pods -> pods.of().namespace().equals(manifest.namespace()))
            .filter(pods -> pods.matches(selector))
            .map(Workload::of)
            .distinct()
            .count();
    if (picked != 1) {
      problems.add(manifest + ": picks the pods of " + picked + " workloads");
    }
  }

  private void need(String kind, String namespace, String name, Object by) {
    if (all.stream().noneMatch(each -> each.is(kind, namespace, name))) {
      problems.add(by + ": there is no " + kind + " " + namespace + "/" + name);
    }
  }
}
