package io.tocsin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code kubectl apply -k deploy/kubernetes} would apply, but for hashes in names. */
final class Manifests {

  static final Path DIRECTORY = Yaml.DEPLOY.resolve("kubernetes");

  /** Applied by itself, where the workloads are that it is about. */
  static final String ROLE = "responder-role.yaml";

  private Manifests() {}

  static JsonNode kustomization() {
    return Yaml.document(DIRECTORY.resolve("kustomization.yaml"));
  }

  /** Everything, what kustomize generates included, and the responder's role. */
  static List<Manifest> all() {
    List<Manifest> all = new ArrayList<>();
    for (String file : Yaml.texts(kustomization().path("resources"))) {
      all.addAll(of(file));
    }
    Yaml.each(kustomization().path("configMapGenerator")).forEach(each -> all.add(generated(each)));
    all.addAll(of(ROLE));
    return all;
  }

  static List<Manifest> of(String file) {
    return Yaml.documents(DIRECTORY.resolve(file)).stream()
        .map(json -> new Manifest(file, json))
        .toList();
  }

  /** All of them, one changed by a test. */
  static List<Manifest> copy(List<Manifest> all) {
    return all.stream().map(each -> new Manifest(each.file(), each.json().deepCopy())).toList();
  }

  private static Manifest generated(JsonNode generator) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata")
        .put("name", generator.path("name").asText())
        .put("namespace", generator.path("namespace").asText());
    ObjectNode data = map.putObject("data");
    for (String file : Yaml.texts(generator.path("files"))) {
      String[] named = file.split("=", 2);
      data.put(named[0], text(named[1]));
    }
    for (String file : Yaml.texts(generator.path("envs"))) {
      text(file)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("=", 2))
          .forEach(line -> data.put(line[0], line[1]));
    }
    return new Manifest("kustomization.yaml", map);
  }

  private static String text(String file) {
    try {
      return Files.readString(DIRECTORY.resolve(file));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
