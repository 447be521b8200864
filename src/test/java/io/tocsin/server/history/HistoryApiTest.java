package io.tocsin.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryRow;
import io.tocsin.history.HistorySeries;
import io.tocsin.history.HistoryStore;
import io.tocsin.history.HistoryTable;
import io.tocsin.history.RowSink;
import io.tocsin.history.Selector;
import io.tocsin.history.Tier;
import io.tocsin.server.ApiServer;
import io.tocsin.server.Readiness;
import io.tocsin.server.Views;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.story.StoryApi;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryApiTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  /** Gives one row to every question, and keeps the last. */
  private static final class OneRow implements HistoryStore {
    private volatile HistoryQuery asked;

    @Override
    public void read(HistoryQuery query, RowSink sink) {
      asked = query;
      sink.row(new HistoryRow(query.from(), "host/\"a\"<b>", "", new double[] {1.5, Double.NaN}));
    }

    @Override
    public List<HistorySeries> series(
        HistoryTable table, Tier tier, Selector selector, Instant from, Instant to) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private final OneRow store = new OneRow();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Views views = new Views();
  private final ApiServer server =
      new ApiServer(
          views,
          () -> new Readiness(true, Map.of(), 1),
          meters,
          AccessControl.OPEN,
          Clock.systemUTC(),
          StoryApi.Ladders.NONE,
          List.of(new HistoryApi(store, clock)));
  private int port;

  @BeforeEach
  void start() {
    port = server.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String query) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port + "/api/v1/history" + query))
                .build(),
            BodyHandlers.ofString());
  }

  @Test
  void answersWithFiguresAndRows() throws Exception {
    HttpResponse<String> answer =
        get("?resource=host%2Fa&figure=cpu_percent,cores&last=2h&step=1m&aggregate=max");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode json = new ObjectMapper().readTree(answer.body());
    assertThat(json.path("figures").path(0).path("unit").asText()).isEqualTo("%");
    assertThat(json.path("stepSeconds").asInt()).isEqualTo(60);
    assertThat(json.path("rows").path(0).path("resource").asText()).isEqualTo("host/\"a\"<b>");
    assertThat(json.path("rows").path(0).path("values").path(0).asDouble()).isEqualTo(1.5);
    assertThat(json.path("rows").path(0).path("values").path(1).isNull()).isTrue();
    assertThat(store.asked.selector()).isEqualTo(Selector.resource("host/a"));
    assertThat(store.asked.limit()).isEqualTo(20_000);
  }

  @Test
  void everyProblemIsSaidAtOnceAndNothingIsAsked() throws Exception {
    String hostile = URLEncoder.encode("x\n'; DROP", StandardCharsets.UTF_8);
    HttpResponse<String> answer = get("?figure=" + hostile + "&aggregate=all&limit=999999999");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("say one of resource", "there is no x?'; DROP", "aggregate: all", "20,000");
    assertThat(store.asked).isNull();
  }

  @Test
  void theCatalogueIsThereToo() throws Exception {
    assertThat(get("/figures").body()).contains("cpu_percent", "latency_ms");
  }
}
