package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManifestsTest {

  /** Objects whose keys are anybody's choice: a typo in them is no field that the type lacks. */
  private static final Set<String> MAPS =
      Set.of(
          "labels",
          "annotations",
          "data",
          "matchLabels",
          "selector",
          "requests",
          "limits",
          "flinkConfiguration");

  @Test
  void everythingIsOfTheTypesOfItsApi() {
    assertThat(Manifests.all())
        .hasSizeGreaterThan(40)
        .allSatisfy(each -> assertThat(StrictTypes.problem(each.json())).as("%s", each).isEmpty());
  }

  @Test
  void aTypoInAnyFieldIsFound() {
    List<String> unnoticed = new ArrayList<>();
    int tried = 0;
    for (Manifest each : Manifests.all()) {
      List<Consumer<JsonNode>> typos = new ArrayList<>();
      typos(each.json(), "", typos);
      for (Consumer<JsonNode> typo : typos) {
        JsonNode copy = each.json().deepCopy();
        typo.accept(copy);
        tried++;
        if (StrictTypes.problem(copy).isEmpty()) {
          unnoticed.add(each + " " + copy);
        }
      }
    }

    assertThat(unnoticed).isEmpty();
    assertThat(tried).isGreaterThan(1_000);
  }

  /** A field at any depth, written with one letter too many. */
  private static void typos(JsonNode json, String pointer, List<Consumer<JsonNode>> typos) {
    json.properties()
        .forEach(
            field -> {
              String name = field.getKey();
              // Of Flink's metadata its definition says nothing.
              if (!(pointer + "/" + name).matches("/(apiVersion|kind|metadata)(/.*)?")) {
                typos.add(
                    copy -> {
                      ObjectNode at = (ObjectNode) copy.at(pointer);
                      at.set(name + "x", at.remove(name));
                    });
              }
              if (!MAPS.contains(name) || field.getValue().path("matchLabels").isObject()) {
                typos(field.getValue(), pointer + "/" + name, typos);
              }
            });
    for (int i = 0; json.isArray() && i < json.size(); i++) {
      typos(json.get(i), pointer + "/" + i, typos);
    }
  }

  @Test
  void noFileIsForgotten() throws IOException {
    Set<String> known = new TreeSet<>(Yaml.texts(Manifests.kustomization().path("resources")));
    known.addAll(
        List.of(
            "kustomization.yaml", "kustomizeconfig.yaml", "metrics-adapter.yaml", Manifests.ROLE));
    try (Stream<String> files =
        Files.list(Manifests.DIRECTORY).map(file -> file.getFileName().toString())) {
      assertThat(files.filter(file -> file.endsWith(".yaml")))
          .containsExactlyInAnyOrderElementsOf(known);
    }
  }

  @Test
  void eachObjectIsThereOnce() {
    assertThat(
            Manifests.all().stream()
                .map(each -> each.kind() + each.namespace() + "/" + each.name()))
        .doesNotHaveDuplicates();
  }
}
