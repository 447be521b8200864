package io.tocsin.server.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.server.http.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What stages and agents that run alone say of their health. */
class HealthServersTest {

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aStageIsReadyAsLongAsNothingTroublesIt() throws Exception {
    AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.of("no broker"));
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    meters.counter("tocsin.healing.results").increment();
    try (HealthServer server =
        new HealthServer("127.0.0.1", Transport.plain(), trouble::get, meters)) {
      int port = server.start(0);
      assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(port, "/health/ready").body()).contains("no broker");
      trouble.set(Optional.empty());
      assertThat(get(port, "/health/ready").body()).isEqualTo("ready\n");
      assertThat(get(port, "/metrics").body()).contains("tocsin_healing_results_total 1.0");
    }
  }

  @Test
  void anAgentIsReadyWhileOneOfItsCollectorsReads() throws Exception {
    AtomicReference<List<String>> failing = new AtomicReference<>(List.of("host", "vm"));
    try (AgentServer server = new AgentServer(() -> 2, failing::get)) {
      int port = server.start("127.0.0.1", 0);
      assertThat(get(port, "/health/live").body()).isEqualTo("live\n");
      assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(port, "/health/ready").body()).isEqualTo("cannot read host, vm\n");
      failing.set(List.of("vm"));
      assertThat(get(port, "/health/ready").statusCode()).isEqualTo(200);
      assertThat(get(port, "/health/ready").body()).isEqualTo("ready, but cannot read vm\n");
      failing.set(List.of());
      assertThat(get(port, "/health/ready").body()).isEqualTo("ready\n");
      assertThat(get(port, "/").statusCode()).isEqualTo(404);
    }
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
  }
}
