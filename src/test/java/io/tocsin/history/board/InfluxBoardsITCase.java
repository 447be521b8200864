package io.tocsin.history.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.history.FilledTables;
import io.tocsin.history.HistoryPlace;
import io.tocsin.history.InfluxAddress;
import io.tocsin.history.LocalInflux;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every question of every board is asked of Debian's InfluxDB 1.6, as Grafana would ask it. It
 * stands for later versions too: their buckets are its retention policies, given with the request.
 */
class InfluxBoardsITCase {

  private static final Instant END = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path temp;

  private static LocalInflux influx;

  @BeforeAll
  static void fill() throws Exception {
    influx = LocalInflux.start(temp);
    HistoryPlace place = new InfluxAddress(influx.url(), "", "tocsin", 1);
    place.prepare();
    FilledTables.write(place, END);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (influx != null) {
      influx.stop();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Store.class, names = "QUESTDB", mode = EnumSource.Mode.EXCLUDE)
  void noPanelIsEmpty(Store store) throws Exception {
    List<String> empty = new ArrayList<>();
    for (ShownBoard board : ShownBoard.all(store)) {
      Map<String, String> macros = new HashMap<>();
      macros.put(
          "$timeFilter",
          "time >= %dms and time <= %dms"
              .formatted(END.minus(Duration.ofHours(2)).toEpochMilli(), END.toEpochMilli()));
      for (JsonNode variable : board.variables()) {
        macros.put("${" + variable.get("name").asText() + ":regex}", choices(store, variable));
      }
      for (JsonNode panel : board.panels()) {
        macros.put("$__interval", panel.get("interval").asText());
        for (JsonNode target : ShownBoard.targets(panel)) {
          String text = ShownBoard.filledIn(target.get("query").asText(), macros);
          JsonNode answer = ask(store, target, text);
          if (answer.at("/series/0/values/0").isMissingNode()) {
            empty.add(board.file() + " " + panel.get("title") + ": " + text + ": " + answer);
          }
        }
      }
    }
    assertThat(empty).isEmpty();
  }

  /** All that a variable offers, as one regular expression, escaped as Grafana does it. */
  private static String choices(Store store, JsonNode variable) throws Exception {
    List<String> choices = new ArrayList<>();
    if (variable.get("type").asText().equals("custom")) {
      choices.addAll(ShownBoard.listed(variable));
    } else {
      JsonNode answer = ask(store, variable, variable.at("/query/query").asText());
      answer.at("/series/0/values").forEach(row -> choices.add(row.get(1).asText()));
    }
    assertThat(choices).as("%s", variable).isNotEmpty();
    return choices.stream()
        .map(choice -> choice.replaceAll("[\\\\^$*+?.()|\\[\\]{}/]", "\\\\$0"))
        .collect(Collectors.joining("|", "(", ")"));
  }

  private static JsonNode ask(Store store, JsonNode asked, String text)
      throws IOException, InterruptedException {
    String source = asked.at("/datasource/uid").asText();
    String policy =
        store == Store.INFLUXDB
            ? "&rp=" + source.replace("tocsin-influxdb", "tocsin").replace('-', '_')
            : "";
    URI uri =
        URI.create(
            influx.url()
                + "/query?db=tocsin&epoch=ms"
                + policy
                + "&q="
                + URLEncoder.encode(text, StandardCharsets.UTF_8));
    String answer = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(answer).at("/results/0");
  }
}
