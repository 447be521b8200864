package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.BottleneckSeverity;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.story.StoryApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetApiTest {

  private static final String HOSTILE = "<img src=x onerror=alert(1)>\"\n../../etc/passwd";

  private final Views views = new Views();
  private final ApiServer server =
      new ApiServer(
          views,
          () -> new Readiness(true, Map.of(), 1),
          new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
          AccessControl.OPEN,
          new TickingClock(Examples.NOON),
          StoryApi.Ladders.NONE,
          List.of());
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void start() {
    resource("host/web-1", ResourceKind.HOST, null, null, List.of());
    resource("container/shop-1", ResourceKind.CONTAINER, "host/web-1", "shop", List.of("db"));
    resource("endpoint/shop", ResourceKind.ENDPOINT, null, "shop", List.of());
    resource("service/shop", ResourceKind.SERVICE, null, null, List.of());
    resource("service/db", ResourceKind.SERVICE, null, null, List.of());
    port = server.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void oneRequestDrawsTheMap() throws Exception {
    take(Topics.INCIDENTS, incident("a", "container/shop-1", Priority.P1));

    JsonNode map = json("/api/v1/fleet");

    assertThat(map.path("states").findValuesAsText("")).isEmpty();
    assertThat(map.path("states").path(7).asText()).isEqualTo("P0");
    assertThat(map.path("resources")).hasSize(5);
    JsonNode container = map.path("resources").path(0);
    assertThat(container.path(0).asText()).isEqualTo("container/shop-1");
    assertThat(map.path("kinds").path(container.path(2).asInt()).asText()).isEqualTo("CONTAINER");
    assertThat(map.path("resources").path(container.path(3).asInt()).path(0).asText())
        .isEqualTo("host/web-1");
    assertThat(map.path("states").path(container.path(4).asInt()).asText()).isEqualTo("P1");
    assertThat(map.path("services").path(container.path(5).asInt()).asText()).isEqualTo("shop");
    assertThat(map.path("resources").path(2).path(3).asInt()).isEqualTo(-1);
  }

  @Test
  void whoHasTheMapAlreadyIsToldSoUntilSomethingChanges() throws Exception {
    HttpResponse<String> first = get("/api/v1/fleet");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    assertThat(get("/api/v1/fleet", "If-None-Match", tag).statusCode()).isEqualTo(304);
    take(Topics.INCIDENTS, incident("a", "host/web-1", Priority.P0));
    HttpResponse<String> changed = get("/api/v1/fleet", "If-None-Match", tag);

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/incidents",
        "/api/v1/resources",
        "/api/v1/bottlenecks",
        "/api/v1/resource?id=host/web-1",
        "/api/v1/graph?root=host/web-1",
        "/api/v1/rules"
      })
  void everyAnswerHasATagThatSaysWhetherItIsTheSame(String path) throws Exception {
    String tag = get(path).headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = get(path, "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void aLongAnswerIsPackedForWhoCanUnpackIt() throws Exception {
    for (int i = 0; i < 200; i++) {
      resource("host/many-" + i, ResourceKind.HOST, null, null, List.of());
    }
    for (String path : List.of("/api/v1/fleet", "/api/v1/resources")) {
      assertThat(get(path, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
          .as(path)
          .hasValue("gzip");
      assertThat(get(path).headers().firstValue("Content-Encoding")).as(path).isEmpty();
    }
  }

  @Test
  void resourcesComeByKindServiceStateAndText() throws Exception {
    take(Topics.PROBES, Examples.probe(Health.DOWN, Examples.NOON));

    assertThat(ids("/api/v1/resources?kind=HOST")).containsExactly("host/web-1");
    assertThat(ids("/api/v1/resources?service=shop"))
        .containsExactly("container/shop-1", "endpoint/shop", "service/shop");
    assertThat(ids("/api/v1/resources?state=DOWN,P0"))
        .containsExactly("endpoint/shop", "service/shop");
    assertThat(ids("/api/v1/resources?text=WEB")).containsExactly("host/web-1");
    assertThat(get("/api/v1/resources?limit=2").headers().firstValue("X-Total-Count"))
        .hasValue("5");
  }

  @Test
  void aResourceComesWithAllThatHangsTogetherWithIt() throws Exception {
    take(Topics.INCIDENTS, incident("a", "container/shop-1", Priority.P2));
    take(Topics.BOTTLENECKS, bottleneck("container/shop-1", true));

    JsonNode page = json("/api/v1/resource?id=container/shop-1");

    assertThat(page.path("resource").path("state").asText()).isEqualTo("P2");
    assertThat(page.path("resource").path("incident").asText()).isEqualTo("a");
    assertThat(page.path("parents").path(0).path("id").asText()).isEqualTo("host/web-1");
    assertThat(page.path("incidents").path(0).path("id").asText()).isEqualTo("a");
    assertThat(page.path("bottlenecks").path(0).path("kind").asText()).isEqualTo("MEMORY");
    assertThat(page.path("windows").path("efficiency").isNull()).isTrue();
    assertThat(json("/api/v1/resource?id=host/web-1").path("children").path(0).path("id").asText())
        .isEqualTo("container/shop-1");
    assertThat(get("/api/v1/resource?id=host/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void theGraphHasWhatSomethingRunsOnBelongsToAndDependsOn() throws Exception {
    JsonNode graph = json("/api/v1/graph?root=container/shop-1&depth=1");

    assertThat(graph.path("edges").toString())
        .contains(
            "{\"from\":\"container/shop-1\",\"to\":\"host/web-1\",\"kind\":\"runs-on\"}",
            "{\"from\":\"container/shop-1\",\"to\":\"service/shop\",\"kind\":\"part-of\"}",
            "{\"from\":\"container/shop-1\",\"to\":\"service/db\",\"kind\":\"depends-on\"}");
    assertThat(graph.path("nodes")).hasSize(4);
  }

  @Test
  void whatIsShortComesWorstFirstAndWhatIsOverLast() throws Exception {
    take(Topics.BOTTLENECKS, bottleneck("host/over", true));
    take(Topics.BOTTLENECKS, bottleneck("host/over", false));
    take(Topics.BOTTLENECKS, bottleneck("host/web-1", true));

    assertThat(json("/api/v1/bottlenecks").findValuesAsText("resource"))
        .containsExactly("host/web-1", "host/over");
    assertThat(json("/api/v1/bottlenecks?active=true").findValuesAsText("resource"))
        .containsExactly("host/web-1");
    assertThat(json("/api/v1/fleet").path("resources").path(2).path(4).asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/resources?kind=SHIP",
        "/api/v1/resources?state=GOOD",
        "/api/v1/resources?limit=0",
        "/api/v1/resource",
        "/api/v1/graph?root=host/web-1&depth=99",
        "/api/v1/windows?resource=host/web-1&size=2m",
        "/api/v1/bottlenecks?active=maybe",
        "/api/v1/events?areas=gossip"
      })
  void saysWhatIsWrongWithAQuestion(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"problems\":[", "must be");
  }

  @Test
  void hostileTextStaysText() throws Exception {
    resource("host/" + HOSTILE, ResourceKind.HOST, null, HOSTILE, List.of());

    HttpResponse<String> answer = get("/api/v1/fleet");

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(new ObjectMapper().readTree(answer.body()).toString()).contains("passwd");
  }

  @Test
  void theStoryOfAnIncidentIsTold() throws Exception {
    take(Topics.INCIDENTS, incident("a", "container/shop-1", Priority.P1));

    assertThat(json("/api/v1/incidents/a/axis").path(0).path("lane").asText()).isEqualTo("signal");
    assertThat(json("/api/v1/incidents/a/why").path("why").path("priority").asText())
        .startsWith("P1");
    JsonNode path = json("/api/v1/incidents/a/path");
    assertThat(path.path("cause").asText()).isEqualTo("container/shop-1");
    assertThat(path.path("nodes").path(0).path("relation").asText()).isEqualTo("cause");
    assertThat(json("/api/v1/incidents/a/remedies").path("figures").path(0).path("figure").asText())
        .isEqualTo("cpu_percent");
    assertThat(get("/api/v1/incidents/b/axis").statusCode()).isEqualTo(404);
  }

  private List<String> ids(String path) throws Exception {
    return json(path).findValuesAsText("id");
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private void resource(
      String id, ResourceKind kind, String parent, String service, List<String> dependsOn) {
    take(
        Topics.RESOURCES,
        Resource.newBuilder()
            .setId(id)
            .setKind(kind)
            .setName(id.substring(id.indexOf('/') + 1))
            .setParent(parent)
            .setService(service)
            .setDependsOn(dependsOn)
            .setUpdatedAt(Examples.NOON)
            .build());
  }

  private static Incident incident(String id, String resource, Priority priority) {
    Incident incident = ViewsTest.incident(id, priority, IncidentState.OPEN, 1);
    incident.setResourceId(resource);
    incident.setAlerts(
        List.of(
            IncidentAlert.newBuilder()
                .setAlertId("alert")
                .setRule("cpu")
                .setResourceId(resource)
                .setState("FIRING")
                .setSince(Examples.NOON)
                .setAt(Examples.NOON)
                .setSummary("slow")
                .build()));
    return incident;
  }

  private static Bottleneck bottleneck(String resource, boolean active) {
    return Bottleneck.newBuilder()
        .setResourceId(resource)
        .setResourceKind(ResourceKind.HOST)
        .setKind(BottleneckKind.MEMORY)
        .setActive(active)
        .setSince(Examples.NOON)
        .setAt(Examples.NOON)
        .setValue(95)
        .setThreshold(90)
        .setUnit("%")
        .setConfidence(0.5)
        .setSeverity(BottleneckSeverity.LOW)
        .build();
  }

  private <V extends SpecificRecord> void take(Topic<V> topic, V value) {
    byte[] key = topic.keyOf(value).getBytes(StandardCharsets.UTF_8);
    views.apply(new Received<>(topic, value, new ConsumerRecord<>(topic.name(), 0, 0, key, null)));
  }
}
