package io.tocsin.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.ExternalAlert;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.delivery.DeliveryApi;
import io.tocsin.server.healing.HealApi;
import io.tocsin.server.incident.AlertmanagerApi;
import io.tocsin.server.incident.CommandApi;
import io.tocsin.server.incident.SilenceApi;
import io.tocsin.server.security.SecurityApi;
import io.tocsin.server.story.StoryApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A server that lets everybody in, over real HTTP, with topics in memory. */
final class ApiFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  final Views views = new Views();
  final AtomicReference<Readiness> readiness =
      new AtomicReference<>(new Readiness(true, Map.of("streams", Readiness.UP), 1));
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final List<Command> sent = new CopyOnWriteArrayList<>();
  private final CommandApi commands =
      new CommandApi(
          views.incidents(),
          command -> {
            sent.add(command);
            return CompletableFuture.completedFuture(null);
          },
          CLOCK);
  final List<ExternalAlert> posted = new CopyOnWriteArrayList<>();
  private final AlertmanagerApi alertmanager =
      new AlertmanagerApi(
          alert -> {
            posted.add(alert);
            return CompletableFuture.completedFuture(null);
          },
          meters,
          CLOCK);
  private final ApiServer server =
      new ApiServer(
          views,
          readiness::get,
          meters,
          AccessControl.OPEN,
          CLOCK,
          StoryApi.Ladders.NONE,
          List.of(
              commands,
              new SilenceApi(views.silences(), views.incidents(), views.alerts(), commands, CLOCK),
              new HealApi(views.healing(), commands, CLOCK),
              new DeliveryApi(views.deliveries()),
              new SecurityApi(views.policies(), views.violations()),
              alertmanager));
  final HttpClient client = HttpClient.newHttpClient();
  final int port = server.start(0);

  void open(String id) {
    var incident = ViewsTest.incident(id, Priority.P0, IncidentState.OPEN, 1);
    views.apply(
        new Received<>(
            Topics.INCIDENTS,
            incident,
            new ConsumerRecord<>("tocsin.incidents", 0, 0, null, null)));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
  }
}
