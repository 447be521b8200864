package io.tocsin.alerting.healing.execute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.kubernetes.KubernetesSpec.Operation;
import io.tocsin.alerting.healing.execute.kubernetes.KubernetesSpec.Replicas;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to a cluster: what is not meant, not there or not allowed. */
@Timeout(60)
class ClusterAccessTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);
  private static final Order ORDER =
      new Order(
          "heal-it",
          "service/shop",
          "shop/deployment/web",
          "plan-1",
          "incident-1",
          1,
          7,
          Duration.ofSeconds(30));

  @TempDir private Path temporary;

  @Test
  void whatTheClusterDoesNotAllowIsSaidWithWhatToDo() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body =
        ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":403,"
                + "\"message\":\"deployments.apps is forbidden\",\"reason\":\"Forbidden\"}")
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try (ActionExecutor executor =
        new KubernetesExecutor(
            new KubernetesSpec(
                Operation.ROLLOUT_RESTART,
                FakeCluster.kubeconfig(temporary, server.getAddress().getPort()).toString(),
                null,
                null),
            NOON)) {
      assertThat(executor.execute(ORDER).reason())
          .contains("does not allow it", "responder-role.yaml", "deployments.apps is forbidden");
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"staging, has no context staging", "broken, has no cluster nowhere"})
  void noOtherClusterIsTakenForTheOneThatIsMeant(String context, String words) throws Exception {
    String kubeconfig = FakeCluster.kubeconfig(temporary, 1).toString();
    try (ActionExecutor executor =
        new KubernetesExecutor(
            new KubernetesSpec(Operation.ROLLOUT_RESTART, kubeconfig, context, null), NOON)) {
      assertThat(executor.execute(ORDER).reason()).contains(words);
    }
  }

  @Test
  void aKubeconfigThatIsNotThereIsAnOutcome() throws Exception {
    try (ActionExecutor executor =
        new KubernetesExecutor(
            new KubernetesSpec(Operation.ROLLOUT_RESTART, "/no/such/file", null, null), NOON)) {
      assertThat(executor.execute(ORDER).reason()).contains("/no/such/file");
    }
    try (ActionExecutor executor =
        new KubernetesExecutor(
            new KubernetesSpec(Operation.ROLLOUT_RESTART, null, null, null), NOON)) {
      assertThat(executor.execute(ORDER).reason()).contains("no pod with a service account");
    }
  }

  @Test
  void theTokenOfThePodIsReadAnew() throws Exception {
    Path token = Files.writeString(temporary.resolve("token"), "one\n");
    Config config =
        ClusterAccess.inCluster(
            Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443"),
            temporary);
    assertThat(config.getMasterUrl()).startsWith("https://[fd00::1]:6443");
    assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("one");
    Files.writeString(token, "two");
    assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("two");
  }

  @Test
  void keysThatDoNotBelongTogetherAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KubernetesSpec(Operation.SCALE, null, null, null))
        .withMessageContaining("kubernetes.replicas");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KubernetesSpec(Operation.CORDON, null, "production", null))
        .withMessageContaining("kubernetes.context");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Replicas(0, 3, null))
        .withMessageContaining("kubernetes.replicas.by");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Replicas(1, 0, null))
        .withMessageContaining("kubernetes.replicas");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new KubernetesSpec(Operation.CORDON, null, null, null)
                    .checkObject("shop/pod/web-1"))
        .withMessageContaining("node/<name>");
  }
}
