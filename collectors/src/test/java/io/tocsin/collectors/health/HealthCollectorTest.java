package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.parts.HeldPort;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ProbeKind;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Health checks against real servers on loopback, most of them ill-mannered. */
@Timeout(90)
class HealthCollectorTest {

  /** For what must time out. */
  private static final Duration SHORT = Duration.ofMillis(400);

  /** For all that is well, also where the machine is busy. */
  private static final Duration LONG = Duration.ofSeconds(15);

  private final List<Closeable> servers = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void stop() throws IOException {
    never.countDown();
    for (Closeable server : servers) {
      server.close();
    }
  }

  @Test
  void anExpectedAnswerIsUpWithItsLatency() throws Exception {
    Probe probe = http(serve(RawServer.polite("204 No Content", "")).port());

    assertThat(probe.getHealth()).isEqualTo(Health.UP);
    assertThat(probe.getEvidence()).isEqualTo("answered 204");
    assertThat(probe.getKind()).isEqualTo(ProbeKind.HTTP);
    assertThat(probe.getLatencyUs()).isBetween(1L, LONG.toNanos() / 1_000);
    assertThat(probe.getAttempts()).isEqualTo(1);
    assertThat(probe.getResourceId()).isEqualTo("endpoint/shop");
    assertThat(probe.getService()).isEqualTo("shop-service");
    assertThat(probe.getTier()).isEqualTo(Tier.CORE);
    assertThat(probe.getIntervalMs()).isEqualTo(60_000);
  }

  @Test
  void aWrongStatusIsDownAndSaysWhatWasExpected() throws Exception {
    Probe probe = http(serve(RawServer.polite("503 Service Unavailable", "busy")).port());

    assertDown(probe, "answered 503, expected 200-299");
    assertThat(probe.getLatencyUs()).isNotNull();
    assertThat(probe.getAttempts()).isEqualTo(2);
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    RawServer other = serve(RawServer.polite("200 OK", "fine"));
    RawServer server =
        serve(
            socket -> {
              RawServer.readRequest(socket);
              RawServer.write(
                  socket,
                  "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:"
                      + other.port()
                      + "/\r\n\r\n");
            });

    assertDown(http(server.port()), "answered 302, expected 200-299");
    assertThat(other.accepted).hasValue(0);
  }

  @Test
  void nobodyListeningIsDown() throws Exception {
    int port = heldPort();

    Probe overHttp = http(port);
    assertDown(overHttp, "connection refused by 127.0.0.1:" + port);
    assertThat(overHttp.getLatencyUs()).isNull();
    Probe overTcp = probe(tcp("127.0.0.1", port));
    assertDown(overTcp, "connection refused by 127.0.0.1:" + port);
    assertThat(overTcp.getLatencyUs()).isNull();
  }

  @Test
  void aServerThatAcceptsAndNeverAnswersIsDownAfterTheTimeout() throws Exception {
    RawServer server = serve(socket -> never.await());

    Probe probe = probe(http(server.port(), null), SHORT);

    assertDown(probe, "no answer from 127.0.0.1:" + server.port() + " within 400 ms");
    assertThat(probe.getLatencyUs()).isNull();
    assertThat(probe(tcp("127.0.0.1", server.port())).getHealth()).isEqualTo(Health.UP);
  }

  @Test
  void aServerThatTricklesItsHeadersIsDownAfterTheTimeout() throws Exception {
    RawServer server =
        serve(
            socket -> {
              RawServer.write(socket, "HTTP/1.1 200 OK\r\nX: ");
              while (!never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                RawServer.write(socket, "x");
              }
            });

    assertThat(probe(http(server.port(), null), SHORT).getEvidence()).contains("within 400 ms");
  }

  @Test
  void anEndlessBodyIsNotReadWhenNobodyAskedForIt() throws Exception {
    RawServer server = serve(socket -> pourOut(socket, "x".repeat(1_000)));

    Probe probe = http(server.port());

    assertThat(probe.getHealth()).isEqualTo(Health.UP);
    assertThat(probe.getEvidence()).isEqualTo("answered 200");
  }

  @Test
  void anEndlessBodyIsReadUpToItsLimitWhenATextIsWanted() throws Exception {
    RawServer server = serve(socket -> pourOut(socket, "x".repeat(1_000)));

    assertDown(
        probe(http(server.port(), "fine")),
        "answered 200, but 'fine' is not in the first 64 KiB of the body");
  }

  @Test
  void aTrickledBodyIsDownAfterTheTimeout() throws Exception {
    RawServer server =
        serve(
            socket -> {
              RawServer.readRequest(socket);
              RawServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
              while (!never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                RawServer.write(socket, "x");
              }
            });

    assertThat(probe(http(server.port(), "fine"), SHORT).getEvidence()).contains("within 400 ms");
  }

  @Test
  void aWantedTextIsFoundAcrossPacketsAndEndsTheExchange() throws Exception {
    RawServer server =
        serve(
            socket -> {
              RawServer.readRequest(socket);
              RawServer.write(socket, "HTTP/1.1 200 OK\r\n\r\nall is f");
              never.await(30, java.util.concurrent.TimeUnit.MILLISECONDS);
              RawServer.write(socket, "ine here");
              never.await();
            });

    assertThat(probe(http(server.port(), "is fine")).getHealth()).isEqualTo(Health.UP);
  }

  @Test
  void aWrongBodyIsDown() throws Exception {
    RawServer server = serve(RawServer.polite("200 OK", "sorry"));

    assertThat(probe(http(server.port(), "fine")).getEvidence()).startsWith("answered 200, but");
  }

  @Test
  void aResetIsDown() throws Exception {
    RawServer server =
        serve(
            socket -> {
              RawServer.readRequest(socket);
              RawServer.reset(socket);
            });

    assertDown(http(server.port()), "connection reset by 127.0.0.1:" + server.port());
  }

  @Test
  void aConnectionThatIsClosedWithoutAnAnswerIsDown() throws Exception {
    RawServer server =
        serve(
            socket -> {
              RawServer.readRequest(socket);
              socket.close();
            });

    assertDown(
        http(server.port()),
        "connection closed by 127.0.0.1:" + server.port() + " without a complete answer");
  }

  @Test
  void anAnswerThatIsNoHttpIsDown() throws Exception {
    RawServer server = serve(socket -> RawServer.write(socket, "SSH-2.0-OpenSSH_9.2\r\n\r\n"));

    assertThat(http(server.port()).getEvidence()).startsWith("no usable answer from 127.0.0.1:");
  }

  @Test
  void aServerWithoutTlsIsDownForHttps() throws Exception {
    int port = serve(socket -> RawServer.write(socket, "SSH-2.0-OpenSSH_9.2\r\n")).port();
    Target https = new Target.Http(URI.create("https://127.0.0.1:" + port + "/"));

    assertThat(probe(https).getEvidence()).startsWith("TLS with 127.0.0.1:" + port + " failed:");
  }

  @Test
  void aNameThatCannotBeResolvedIsUnknown() throws Exception {
    Probe probe = probe(tcp("no-such-name.invalid", 80), SHORT);

    assertThat(probe.getHealth()).isEqualTo(Health.UNKNOWN);
    assertThat(probe.getEvidence()).startsWith("the name 'no-such-name.invalid'");
    assertThat(probe.getLatencyUs()).isNull();
  }

  @Test
  void aSingleFailureThatIsNotConfirmedIsUp() throws Exception {
    RawServer[] server = new RawServer[1];
    server[0] =
        serve(
            socket -> {
              boolean first = server[0].accepted.get() == 1;
              RawServer.polite(first ? "503 Busy" : "200 OK", "").serve(socket);
            });

    Probe probe = http(server[0].port());

    assertThat(probe.getHealth()).isEqualTo(Health.UP);
    assertThat(probe.getAttempts()).isEqualTo(2);
  }

  @Test
  void aRestartedServerIsUpAtTheNextTickWithoutARetry() throws Exception {
    int port = heldPort();
    RawServer before = new RawServer(port, RawServer.polite("200 OK", ""));
    Collector collector = collector(http(port, null));
    assertThat(collect(collector).getHealth()).isEqualTo(Health.UP);

    before.close();
    assertThat(collect(collector).getHealth()).isEqualTo(Health.DOWN);
    servers.add(new RawServer(port, RawServer.polite("200 OK", "")));

    Probe after = collect(collector);
    assertThat(after.getHealth()).isEqualTo(Health.UP);
    assertThat(after.getAttempts()).isEqualTo(1);
  }

  @Test
  void aServerIsToldThatTheConnectionWillNotBeUsedAgain() throws Exception {
    StringBuffer request = new StringBuffer();
    RawServer server =
        serve(
            socket -> {
              while (request.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                  return;
                }
                request.append((char) next);
              }
              RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            });

    assertThat(http(server.port()).getHealth()).isEqualTo(Health.UP);
    assertThat(request.toString()).containsIgnoringCase("\r\nConnection: close\r\n");
  }

  @Test
  void everyAttemptOpensItsOwnConnection() throws Exception {
    RawServer server = serve(RawServer.polite("200 OK", ""));
    Collector collector = collector(http(server.port(), null));

    collect(collector);
    collect(collector);
    collect(collector);

    assertThat(server.accepted).hasValue(3);
  }

  @Test
  void aCheckNamesItsEndpointAndItsServiceWithoutTheQueryOfItsUrl() {
    Target target = new Target.Http(URI.create("http://127.0.0.1:81/health?token=secret"));

    List<Resource> resources = collector(target).resources();

    assertThat(resources)
        .extracting(Resource::getId, Resource::getKind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("endpoint/shop", ResourceKind.ENDPOINT),
            org.assertj.core.groups.Tuple.tuple("service/shop-service", ResourceKind.SERVICE));
    assertThat(resources.get(0).getLabels()).containsEntry("target", "http://127.0.0.1:81/health");
    assertThat(resources).allMatch(resource -> resource.getTier() == Tier.CORE);
  }

  private static void pourOut(java.net.Socket socket, String piece) throws IOException {
    RawServer.readRequest(socket);
    RawServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
    while (true) {
      RawServer.write(socket, piece);
    }
  }

  private RawServer serve(RawServer.Manners manners) throws IOException {
    RawServer server = new RawServer(manners);
    servers.add(server);
    return server;
  }

  private Probe http(int port) throws Exception {
    return probe(http(port, null));
  }

  private static Target http(int port, String text) {
    return new Target.Http(URI.create("http://127.0.0.1:" + port + "/"), null, null, text);
  }

  private static Target tcp(String host, int port) {
    return new Target.Tcp(host, port);
  }

  private static Probe probe(Target target) throws Exception {
    return probe(target, LONG);
  }

  private static Probe probe(Target target, Duration timeout) throws Exception {
    return collect(collector(target, timeout));
  }

  private static Collector collector(Target target) {
    return collector(target, LONG);
  }

  private static Collector collector(Target target, Duration timeout) {
    HealthCheck check =
        new HealthCheck(
            "shop",
            "shop-service",
            Tier.CORE,
            target,
            Duration.ofMinutes(1),
            timeout,
            1,
            Duration.ofMillis(20));
    return HealthChecks.collectors(List.of(check), Clock.systemUTC()).get(0);
  }

  private static Probe collect(Collector collector) throws Exception {
    return collector
        .collect()
        .probes()
        .get(0)
        .setOrigin(io.tocsin.schemas.Examples.origin(0))
        .build();
  }

  private static void assertDown(Probe probe, String evidence) {
    assertThat(probe.getHealth()).as(probe.getEvidence()).isEqualTo(Health.DOWN);
    assertThat(probe.getEvidence()).isEqualTo(evidence);
  }

  /** Nobody else gets it before the test is over. */
  private int heldPort() throws IOException {
    HeldPort held = new HeldPort();
    servers.add(held);
    return held.number();
  }
}
