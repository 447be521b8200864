package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.config.ServerSection;
import io.tocsin.pipeline.AccessStage;
import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.AccessRole;
import io.tocsin.schemas.AccessToken;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.TickingClock;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.AccessDesk;
import io.tocsin.server.access.AccessSink;
import io.tocsin.server.access.Role;
import io.tocsin.server.healing.HealApi;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.incident.AlertmanagerApi;
import io.tocsin.server.incident.CommandApi;
import io.tocsin.server.incident.SilenceApi;
import io.tocsin.server.story.StoryApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A server with its access as a configuration says, over real HTTP, with topics in memory. */
final class AccessFixture implements AutoCloseable {

  final TickingClock clock = new TickingClock();
  final Views views = new Views();
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final List<Command> sent = new CopyOnWriteArrayList<>();
  final List<AccessToken> kept = new CopyOnWriteArrayList<>();
  final List<String> revoked = new CopyOnWriteArrayList<>();
  final AccessDesk desk;
  private final ApiServer server;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  final int port;

  AccessFixture(ServerSection section) {
    AccessSink sink = sink();
    this.desk = new AccessDesk(views.access(), sink, clock);
    AccessStage access = AccessStage.of(section, views.access(), sink, meters, clock);
    CommandApi commands =
        new CommandApi(
            views.incidents(),
            command -> {
              sent.add(command);
              return CompletableFuture.completedFuture(null);
            },
            clock);
    AlertmanagerApi alertmanager =
        new AlertmanagerApi(alert -> CompletableFuture.completedFuture(null), meters, clock);
    this.server =
        new ApiServer(
            views,
            () -> new Readiness(true, Map.of(), 1),
            meters,
            access.door(),
            clock,
            StoryApi.Ladders.NONE,
            access.with(
                List.of(
                    commands,
                    new SilenceApi(
                        views.silences(), views.incidents(), views.alerts(), commands, clock),
                    new HealApi(views.healing(), commands, clock),
                    alertmanager)));
    this.port = server.start(0);
  }

  /** Nobody may do anything without a token. */
  static AccessFixture closed() {
    return new AccessFixture(new ServerSection(null, null, AccessRole.NOBODY, null, null, null));
  }

  private AccessSink sink() {
    return new AccessSink() {
      @Override
      public CompletableFuture<?> keep(AccessToken token) {
        kept.add(token);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletableFuture<?> revoke(String id) {
        revoked.add(id);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletableFuture<?> tell(Command change) {
        sent.add(change);
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  List<Endpoint> endpoints() {
    return server.endpoints();
  }

  String token(String name, Role role) {
    return desk.token(name, role, Duration.ofDays(1), "test").text().text();
  }

  HttpRequest.Builder request(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
    HttpRequest.Builder request = request("GET", path, null);
    return send(token == null ? request : request.header("Authorization", "Bearer " + token));
  }

  HttpResponse<String> post(String path, String body, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request("POST", path, body);
    return send(token == null ? request : request.header("Authorization", "Bearer " + token));
  }

  /** Signs in with a token; the session's cookie. */
  String signIn(String token) throws IOException, InterruptedException {
    return cookie(post("/api/v1/login", "{\"token\":\"" + token + "\"}", null));
  }

  static String cookie(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(each -> each.startsWith("tocsin-session="))
        .map(each -> each.substring(0, each.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }

  HttpClient client() {
    return client;
  }

  HttpResponse<String> login(String token, String... headers) throws Exception {
    HttpRequest.Builder request = request("POST", "/api/v1/login", "{\"token\":\"" + token + "\"}");
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  String me(String cookie) throws Exception {
    return send(request("GET", "/api/v1/me", null).header("Cookie", cookie)).body();
  }

  int note(String cookie, String page, String origin) throws Exception {
    HttpRequest.Builder request = request("POST", "/api/v1/incidents/a/note", "{\"text\":\"x\"}");
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    if (page != null) {
      request.header("X-Tocsin", page);
    }
    if (origin != null) {
      request.header("Origin", origin);
    }
    return send(request).statusCode();
  }

  double refused(String reason) {
    return meters.counter("tocsin.server.refused", "reason", reason).count();
  }

  Command lastSent() {
    return sent.get(sent.size() - 1);
  }

  void tombstone(String id) {
    views.apply(
        new Received<>(
            Topics.ACCESS,
            null,
            new ConsumerRecord<>(
                Topics.ACCESS.name(), 0, 0, id.getBytes(StandardCharsets.UTF_8), null)));
    assertThat(views.access().get(id)).isEmpty();
    assertThat(kept).anyMatch(each -> each.getKind() == AccessKind.TOKEN);
  }

  void open(String id) {
    views.apply(
        new Received<>(
            Topics.INCIDENTS,
            ViewsTest.incident(id, Priority.P0, IncidentState.OPEN, 1),
            new ConsumerRecord<>("tocsin.incidents", 0, 0, null, null)));
  }

  @Override
  public void close() {
    server.close();
  }
}
