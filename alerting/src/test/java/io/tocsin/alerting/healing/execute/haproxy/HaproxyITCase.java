package io.tocsin.alerting.healing.execute.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.RealPart;
import io.tocsin.alerting.healing.execute.Stopwatch;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.haproxy.HaproxySpec.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real HAProxy in front of two real servers, under load. Its own checks are slow here (10 s),
 * as they often are, so that what turns the traffic away is the executor.
 */
@Timeout(120)
class HaproxyITCase {

  private static final String ONE = "shop/web-1";
  private static final String TWO = "shop/web-2";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @TempDir private Path temporary;
  private HttpServer one;
  private HttpServer two;
  private Process haproxy;
  private Path socket;
  private int front;

  @BeforeEach
  void start() throws Exception {
    RealPart.needProgram("haproxy", "haproxy");
    one = server(0);
    two = server(0);
    front = freePort();
    socket = temporary.resolve("admin.sock");
    Path config =
        Files.writeString(
            temporary.resolve("haproxy.cfg"),
            String.join(
                "\n",
                "global",
                "  stats socket " + socket + " mode 600 level admin",
                "  maxconn 500",
                "defaults",
                "  mode http",
                "  timeout connect 1s",
                "  timeout client 10s",
                "  timeout server 10s",
                "  retries 0",
                "frontend in",
                "  bind 127.0.0.1:" + front,
                "  default_backend shop",
                "backend shop",
                "  option httpchk GET /",
                "  http-reuse never",
                "  default-server check inter 10s fastinter 10s fall 3 rise 1 weight 100",
                "  server web-1 127.0.0.1:" + one.getAddress().getPort(),
                "  server web-2 127.0.0.1:" + two.getAddress().getPort(),
                ""));
    haproxy =
        new ProcessBuilder("haproxy", "-db", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("haproxy.log").toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> backend().servers().stream().allMatch(Server::isUsable));
  }

  @AfterEach
  void stop() throws Exception {
    if (haproxy != null) {
      haproxy.destroy();
      if (!haproxy.waitFor(5, TimeUnit.SECONDS)) {
        haproxy.destroyForcibly();
      }
    }
    for (HttpServer server : new HttpServer[] {one, two}) {
      if (server != null) {
        server.stop(0);
      }
    }
  }

  private static HttpServer server(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.start();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private Backend backend() {
    return new Backend(new RuntimeApi(socket, null), "shop", Stopwatch.start(), TIMEOUT);
  }

  private HaproxyExecutor executor(Operation operation, Integer weight, String to) {
    return new HaproxyExecutor(new HaproxySpec(operation, socket, null, weight, to));
  }

  private static Order order(String object) {
    return new Order("drain", "endpoint/shop", object, "plan-1", "incident-1", 1, 7, TIMEOUT);
  }

  @Test
  void underLoadADeadServerIsDrainedAndMadeReadyAgain() throws Exception {
    try (Load load = new Load(front);
        HaproxyExecutor executor = executor(Operation.DRAIN, null, null)) {
      await().until(() -> load.succeeded() > 200);
      assertThat(load.failed()).isZero();
      TargetState before = executor.look(order(ONE));
      assertThat(before.words()).contains("is ready, up, weight 100", "status UP");

      int port = one.getAddress().getPort();
      long killed = System.nanoTime();
      one.stop(0);
      ActionOutcome outcome = executor.execute(order(ONE));
      double toDrained = (System.nanoTime() - killed) / 1e6;
      assertThat(outcome.succeeded()).as(outcome.reason()).isTrue();
      assertThat(backend().server(ServerName.of(ONE)).state()).isEqualTo("drain");

      // What was under way may still fail; nothing that begins from now on does.
      await().until(() -> load.settled());
      long failed = load.failed();
      long all = failed + load.succeeded();
      load.mark();
      await().until(() -> load.sinceMark() > 500);
      assertThat(load.failed()).isEqualTo(failed);
      System.out.printf(
          "HAProxy: from kill to drained %.1f ms (the executor's share %.1f ms), %d of %d requests"
              + " failed until then (%.2f %%), 0 of %d after%n",
          toDrained,
          outcome.took().toNanos() / 1e6,
          failed,
          all,
          100.0 * failed / all,
          load.sinceMark());

      one = server(port);
      ActionOutcome back = executor.compensate(order(ONE), before).orElseThrow();
      assertThat(back.succeeded()).as(back.reason()).isTrue();
      assertThat(backend().server(ServerName.of(ONE)).isUsable()).isTrue();
      load.mark();
      await().until(() -> load.sinceMark() > 200);
      assertThat(load.failed()).isEqualTo(failed);
    }
  }

  @Test
  void theLastServerIsLeftAlone() throws Exception {
    try (HaproxyExecutor executor = executor(Operation.DRAIN, null, null)) {
      assertThat(executor.execute(order(ONE)).succeeded()).isTrue();
      ActionOutcome outcome = executor.execute(order(TWO));
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.reason()).contains("no other server of shop gets traffic");
      assertThat(backend().server(ServerName.of(TWO)).isUsable()).isTrue();
    }
    try (HaproxyExecutor executor = executor(Operation.WEIGHT, 0, null)) {
      assertThat(executor.execute(order(TWO)).reason()).contains("no other server");
    }
  }

  @Test
  void weightIsSetAndSetBack() throws Exception {
    try (HaproxyExecutor executor = executor(Operation.WEIGHT, 10, null)) {
      TargetState before = executor.look(order(ONE));
      assertThat(executor.execute(order(ONE)).reason()).contains("weight 10, was 100");
      assertThat(executor.compensate(order(ONE), before).orElseThrow().succeeded()).isTrue();
      assertThat(backend().server(ServerName.of(ONE)).weight()).isEqualTo(100);
    }
  }

  @Test
  void anotherServerTakesOverAndGivesBack() throws Exception {
    try (HaproxyExecutor maint = executor(Operation.MAINT, null, null);
        HaproxyExecutor executor = executor(Operation.SWITCH, 50, TWO)) {
      assertThat(maint.execute(order(TWO)).succeeded()).isTrue();
      TargetState before = executor.look(order(ONE));
      ActionOutcome outcome = executor.execute(order(ONE));
      assertThat(outcome.succeeded()).as(outcome.reason()).isTrue();
      assertThat(backend().server(ServerName.of(TWO)).weight()).isEqualTo(50);
      assertThat(backend().server(ServerName.of(ONE)).state()).isEqualTo("drain");

      ActionOutcome back = executor.compensate(order(ONE), before).orElseThrow();
      assertThat(back.succeeded()).as(back.reason()).isTrue();
      assertThat(backend().server(ServerName.of(ONE)).isUsable()).isTrue();
      assertThat(backend().server(ServerName.of(TWO)).state()).isEqualTo("maint");
    }
  }

  @Test
  void whatHaproxyDoesNotKnowIsAnOutcome() throws Exception {
    try (HaproxyExecutor executor = executor(Operation.DRAIN, null, null)) {
      assertThat(executor.execute(order("shop/web-9")).reason()).contains("no server shop/web-9");
      assertThat(executor.execute(order("till/web-1")).reason()).contains("Can't find backend");
    }
  }
}
