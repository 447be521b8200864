package io.tocsin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a container finds when it starts: its environment, and files of ConfigMaps and Secrets. */
final class PodFiles {

  private static final Map<String, String> FIELDS =
      Map.of(
          "metadata.name", "prober-0",
          "status.podIP", "10.1.2.3",
          "status.hostIP", "10.9.8.7",
          "spec.nodeName", "node-7");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

  private final Workload pods;
  private final JsonNode container;
  private final List<Manifest> all;
  private final Map<String, Set<String>> secrets;

  /**
   * Files of a container.
   *
   * @param secrets keys of the Secrets that people make
   */
  PodFiles(
      Workload pods, JsonNode container, List<Manifest> all, Map<String, Set<String>> secrets) {
    this.pods = pods;
    this.container = container;
    this.all = all;
    this.secrets = secrets;
  }

  /** Variables, as Kubernetes would set them. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (JsonNode from : container.path("envFrom")) {
      data(from.at("/configMapRef/name").asText())
          .properties()
          .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    }
    for (JsonNode variable : container.path("env")) {
      String field = variable.at("/valueFrom/fieldRef/fieldPath").asText();
      environment.put(
          variable.path("name").asText(),
          field.isEmpty() ? variable.path("value").asText() : FIELDS.get(field));
    }
    return environment;
  }

  /** Arguments with their variables in. */
  List<String> arguments() {
    return Yaml.texts(container.path("args")).stream().map(this::expanded).toList();
  }

  private String expanded(String text) {
    Map<String, String> environment = environment();
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(environment.get(found.group(1))));
  }

  /** The text of a file out of a ConfigMap; null if it is none. */
  String configuration(String path) {
    for (JsonNode mount : container.path("volumeMounts")) {
      JsonNode map = volume(mount).path("configMap");
      if (!map.isMissingNode() && mount.path("mountPath").asText().equals(path)) {
        return data(map.path("name").asText()).path(mount.path("subPath").asText()).asText(null);
      }
    }
    return null;
  }

  /** Files out of Secrets. */
  Set<String> secretFiles() {
    Set<String> files = new TreeSet<>();
    for (JsonNode mount : container.path("volumeMounts")) {
      String secret = volume(mount).at("/secret/secretName").asText();
      if (!secret.isEmpty()) {
        Set<String> keys = new TreeSet<>();
        secrets
            .get(pods.of().namespace() + "/" + secret)
            .forEach(key -> keys.add(key.replace("<node>", FIELDS.get("spec.nodeName"))));
        String path = mount.path("mountPath").asText();
        String one = expanded(mount.path("subPath").asText(mount.path("subPathExpr").asText()));
        if (one.isEmpty()) {
          keys.forEach(key -> files.add(path + "/" + key));
        } else if (keys.contains(one)) {
          files.add(path);
        }
      }
    }
    return files;
  }

  private JsonNode volume(JsonNode mount) {
    return pods.volumes()
        .filter(volume -> volume.path("name").equals(mount.path("name")))
        .findAny()
        .orElse(mount);
  }

  private JsonNode data(String map) {
    return all.stream()
        .filter(each -> each.is("ConfigMap", pods.of().namespace(), map))
        .findAny()
        .orElseThrow()
        .json()
        .path("data");
  }
}
