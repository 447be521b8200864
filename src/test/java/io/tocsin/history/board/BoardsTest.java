package io.tocsin.history.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.history.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoardsTest {

  private static final Path DEPLOY = Path.of("../deploy/grafana");

  @ParameterizedTest
  @EnumSource(Store.class)
  void everyPanelHasATitleADescriptionAUnitAndADifferentId(Store store) {
    for (ShownBoard board : ShownBoard.all(store)) {
      Set<Integer> ids = new HashSet<>();
      for (JsonNode panel : board.panels()) {
        assertThat(panel.get("title").asText()).as(board.file()).isNotBlank();
        assertThat(panel.get("description").asText()).as("%s", panel.get("title")).endsWith(".");
        assertThat(panel.at("/fieldConfig/defaults/unit").asText())
            .as("%s", panel.get("title"))
            .isNotBlank();
        assertThat(ids.add(panel.get("id").asInt())).isTrue();
      }
      assertThat(board.root().get("description").asText()).isNotBlank();
      assertThat(board.root().get("uid").asText()).hasSizeBetween(1, 40);
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void everyVariableIsUsedAndNoneIsMissing(Store store) {
    for (ShownBoard board : ShownBoard.all(store)) {
      String panels = board.root().get("panels").toString();
      Set<String> offered = new HashSet<>();
      for (JsonNode variable : board.variables()) {
        offered.add(variable.get("name").asText());
        assertThat(panels).contains("${" + variable.get("name").asText() + ":");
      }
      for (Who who : Who.values()) {
        if (who.variable() != null && panels.contains("${" + who.variable() + ":")) {
          assertThat(offered).as(board.file()).contains(who.variable());
        }
      }
    }
  }

  @Test
  void bothStoresShowTheSame() {
    List<ShownBoard> one = ShownBoard.all(Store.QUESTDB);
    List<ShownBoard> other = ShownBoard.all(Store.INFLUXDB);
    assertThat(one).hasSize(11).hasSameSizeAs(other);
    for (int board = 0; board < one.size(); board++) {
      List<JsonNode> panels = one.get(board).panels();
      List<JsonNode> others = other.get(board).panels();
      assertThat(panels).hasSameSizeAs(others);
      for (int panel = 0; panel < panels.size(); panel++) {
        for (String same : List.of("title", "type", "gridPos", "fieldConfig", "options")) {
          assertThat(panels.get(panel).get(same)).isEqualTo(others.get(panel).get(same));
        }
        assertThat(panels.get(panel).get("targets"))
            .hasSameSizeAs(others.get(panel).get("targets"));
      }
    }
  }

  @Test
  void panelsDoNotOverlap() {
    for (ShownBoard board : ShownBoard.all(Store.QUESTDB)) {
      Set<String> taken = new HashSet<>();
      for (JsonNode panel : board.root().get("panels")) {
        JsonNode place = panel.get("gridPos");
        assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
        for (int x = 0; x < place.get("w").asInt(); x++) {
          for (int y = 0; y < place.get("h").asInt(); y++) {
            String cell = (place.get("x").asInt() + x) + "," + (place.get("y").asInt() + y);
            assertThat(taken.add(cell)).as("%s %s", board.file(), panel.get("title")).isTrue();
          }
        }
      }
    }
  }

  @Test
  void everyDataSourceOfABoardIsProvisioned() throws IOException {
    String sources = Files.readString(DEPLOY.resolve("provisioning/datasources/tocsin.yaml"));
    for (Store store : Store.values()) {
      for (Tier tier : Tier.values()) {
        assertThat(sources).contains("uid: " + store.source(tier) + "\n");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Store.class, names = "INFLUXDB1", mode = EnumSource.Mode.EXCLUDE)
  void theFilesInDeployAreThoseOfTheDefinition(Store store) throws IOException {
    Path directory = DEPLOY.resolve("boards").resolve(store.name().toLowerCase(Locale.ROOT));
    if (Boolean.getBoolean("tocsin.boards.accept")) {
      Boards.write(store, directory);
    }
    Map<String, String> there = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        there.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(there)
        .as("run this test with -Dtocsin.boards.accept=true to write the files again")
        .isEqualTo(new TreeMap<>(Boards.files(store)));
  }

  @Test
  void aFigureThatIsNotInTheCatalogueIsRefused() {
    assertThatThrownBy(() -> Shown.of("cpu mean")).hasMessageContaining("no figure is called cpu");
    assertThatThrownBy(() -> Shown.of("cpu_percent")).hasMessageContaining("mean, max, min");
  }

  @Test
  void aPanelWithFiguresOfDifferentUnitsIsRefused() {
    Panel panel =
        new Panel(
            "both",
            "",
            Panel.Show.LINES,
            Who.FLEET,
            null,
            null,
            null,
            List.of("cpu_percent mean", "latency_ms mean"),
            null,
            null);
    assertThat(panel.problems()).containsExactly("'both' has figures of different units");
  }
}
