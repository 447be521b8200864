package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.parts.HeldPort;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.ProbeKind;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** gRPC health checks against real servers on loopback, some of which speak no gRPC. */
@Timeout(90)
class GrpcAttemptTest {

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
  void servingIsUpWithItsLatency() throws Exception {
    OnePass pass = OnePass.of(target(serve(GrpcServer.always(GrpcHealth.SERVING))));

    assertThat(pass.told()).isEqualTo("UP answered SERVING");
    assertThat(pass.probe().getKind()).isEqualTo(ProbeKind.GRPC);
    assertThat(pass.probe().getLatencyUs()).isPositive();
  }

  @Test
  void notServingIsDown() throws Exception {
    OnePass pass = OnePass.of(target(serve(GrpcServer.always(GrpcHealth.NOT_SERVING))));

    assertThat(pass.told()).isEqualTo("DOWN answered NOT_SERVING");
    assertThat(pass.probe().getLatencyUs()).isPositive();
  }

  @Test
  void otherStatusesMeanWhatTheProtocolSays() throws Exception {
    assertThat(OnePass.of(target(serve(GrpcServer.always(GrpcHealth.UNKNOWN)))).told())
        .isEqualTo("UNKNOWN the server says that it does not know");
    assertThat(OnePass.of(target(serve(GrpcServer.always(3)), "shop.Cart")).told())
        .isEqualTo("DOWN the server does not know the service 'shop.Cart'");
    assertThat(OnePass.of(target(serve(GrpcServer.always(77)))).told())
        .isEqualTo("DOWN answered with the undocumented status 77");
  }

  @Test
  void aServiceIsAskedAboutByName() throws Exception {
    Map<String, Integer> services = Map.of("", 1, "shop.Cart", 2);
    int port =
        serve(
            (service, answer) -> {
              if (services.containsKey(service)) {
                GrpcServer.always(services.get(service)).answer(service, answer);
              } else {
                answer.onError(Status.NOT_FOUND.asRuntimeException());
              }
            });

    assertThat(OnePass.of(target(port)).health()).isEqualTo(Health.UP);
    assertThat(OnePass.of(target(port, "shop.Cart")).told()).isEqualTo("DOWN answered NOT_SERVING");
    assertThat(OnePass.of(target(port, "shop.Käse")).told())
        .isEqualTo("DOWN the server does not know the service 'shop.Käse'");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNIMPLEMENTED", "UNAUTHENTICATED", "PERMISSION_DENIED"})
  void aServerThatDoesNotAnswerHealthChecksIsUnknownAndAProblem(Status.Code code) throws Exception {
    int port = serve((service, answer) -> answer.onError(code.toStatus().asRuntimeException()));

    OnePass pass = OnePass.of(target(port));

    assertThat(pass.told()).startsWith("UNKNOWN 127.0.0.1:" + port + ": it ");
    assertThat(pass.reasons()).containsExactly(Problem.Reason.REFUSED);
  }

  @Test
  void aServerThatFailsIsDownWithItsWordsMadeHarmless() throws Exception {
    int port =
        serve(
            (service, answer) ->
                answer.onError(
                    Status.INTERNAL.withDescription("db\nlost\u001b").asRuntimeException()));

    assertThat(OnePass.of(target(port)).told())
        .isEqualTo("DOWN no usable answer from 127.0.0.1:" + port + ": INTERNAL db\\nlost\\u001b");
  }

  @Test
  void aServerThatNeverAnswersIsDownAfterTheTimeout() throws Exception {
    int port = serve((service, answer) -> {});

    OnePass pass = OnePass.impatiently(target(port));

    assertThat(pass.told()).isEqualTo("DOWN no answer from 127.0.0.1:" + port + " within 400 ms");
    assertThat(pass.probe().getLatencyUs()).isNull();
  }

  @Test
  void nobodyListeningIsDown() throws Exception {
    int port = heldPort();

    assertThat(OnePass.of(target(port)).told())
        .isEqualTo("DOWN connection refused by 127.0.0.1:" + port);
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsDownAndItsConnectionIsClosed() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    RawServer silent =
        raw(
            socket -> {
              while (socket.getInputStream().read() >= 0) {
                // Takes everything, says nothing.
              }
              hungUp.countDown();
            });

    // Again where a busy machine did not even connect in so short a time.
    do {
      assertThat(OnePass.impatiently(target(silent.port())).told()).contains("within 400 ms");
    } while (silent.accepted.get() == 0);
    assertThat(hungUp.await(15, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTlsHandshakeThatHangsIsGivenUp() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    RawServer silent =
        raw(
            socket -> {
              while (socket.getInputStream().read() >= 0) {
                // Takes everything, says nothing.
              }
              hungUp.countDown();
            });
    Target tls = new Target.Grpc("127.0.0.1", silent.port(), null, true);

    // Again where a busy machine did not even connect in so short a time.
    do {
      assertThat(OnePass.impatiently(tls).told()).contains("within 400 ms");
    } while (silent.accepted.get() == 0);
    assertThat(hungUp.await(15, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aServerThatSpeaksNoGrpcIsDown() throws Exception {
    RawServer http = raw(RawServer.polite("200 OK", "hello"));
    assertThat(OnePass.of(target(http.port())).told())
        .startsWith("DOWN no usable answer from 127.0.0.1:" + http.port() + ": ");

    RawServer ssh =
        raw(
            socket -> {
              RawServer.write(socket, "SSH-2.0-OpenSSH_9.2\r\n" + "x".repeat(10_000));
              never.await();
            });
    assertThat(OnePass.of(target(ssh.port())).told())
        .startsWith("DOWN no usable answer from 127.0.0.1:" + ssh.port() + ": ");
  }

  @Test
  void aServerThatClosesAtOnceIsDown() throws Exception {
    RawServer server = raw(Socket::close);

    assertThat(OnePass.of(target(server.port())).health()).isEqualTo(Health.DOWN);
  }

  @Test
  void aServerIsAskedOverTlsIfItsCertificateIsTrusted(@TempDir Path folder) throws Exception {
    SelfSigned keys = SelfSigned.in(folder);
    ServerCredentials shown =
        TlsServerCredentials.newBuilder().keyManager(keys.keys().getKeyManagers()).build();
    GrpcServer server = new GrpcServer(0, shown, GrpcServer.always(GrpcHealth.SERVING));
    servers.add(server);
    Target.Grpc tls = new Target.Grpc("127.0.0.1", server.port(), null, true);

    assertThat(OnePass.of(tls).told())
        .startsWith("DOWN TLS with 127.0.0.1:" + server.port() + " failed: ");
    ChannelCredentials trusting =
        TlsChannelCredentials.newBuilder().trustManager(keys.certificate().toFile()).build();
    try (GrpcAttempt attempt = new GrpcAttempt(tls, OnePass.PATIENCE, trusting)) {
      InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
      assertThat(attempt.make(address, OnePass.PATIENCE)).isEqualTo(Verdict.up("answered SERVING"));
    }
  }

  @Test
  void aServerWithoutTlsIsDownForTls() throws Exception {
    int port = serve(GrpcServer.always(GrpcHealth.SERVING));

    assertThat(OnePass.impatiently(new Target.Grpc("127.0.0.1", port, null, true)).health())
        .isEqualTo(Health.DOWN);
  }

  @Test
  void theChannelIsKeptBetweenPasses() throws Exception {
    GrpcServer server = new GrpcServer(GrpcServer.always(GrpcHealth.SERVING));
    servers.add(server);
    try (Collector collector = OnePass.collector(OnePass.patient(target(server.port())))) {
      for (int pass = 0; pass < 3; pass++) {
        assertThat(OnePass.of(collector).told()).isEqualTo("UP answered SERVING");
      }
    }
    assertThat(server.accepted).hasValue(1);
  }

  @Test
  void aRestartedServerIsUpAtTheNextPassWithoutARetry() throws Exception {
    int port = heldPort();
    GrpcServer before = serveAt(port);
    try (Collector collector = OnePass.collector(OnePass.patient(target(port)))) {
      assertThat(OnePass.of(collector).health()).isEqualTo(Health.UP);

      before.close();
      // Several, so that a client that backs off would have begun to.
      for (int pass = 0; pass < 3; pass++) {
        assertThat(OnePass.of(collector).health()).isEqualTo(Health.DOWN);
      }
      servers.add(serveAt(port));

      assertThat(OnePass.of(collector).told()).isEqualTo("UP answered SERVING");
    }
  }

  @Test
  void aServerThatHungIsUpAgainOverANewConnection() throws Exception {
    boolean[] hang = {true};
    int port =
        serve(
            (service, answer) -> {
              if (!hang[0]) {
                GrpcServer.always(GrpcHealth.SERVING).answer(service, answer);
              }
            });
    Target.Grpc target = (Target.Grpc) target(port);
    Attempt attempt =
        new NetworkAttempt(target, new GrpcAttempt(target, OnePass.PATIENCE), System::nanoTime);
    try (Collector collector = OnePass.atFirstImpatient(target, attempt)) {
      assertThat(OnePass.of(collector).health()).isEqualTo(Health.DOWN);
      hang[0] = false;
      assertThat(OnePass.of(collector).health()).isEqualTo(Health.UP);
    }
  }

  private int serve(GrpcServer.Manners manners) throws IOException {
    GrpcServer server = new GrpcServer(manners);
    servers.add(server);
    return server.port();
  }

  private RawServer raw(RawServer.Manners manners) throws IOException {
    RawServer server = new RawServer(manners);
    servers.add(server);
    return server;
  }

  private static Target target(int port) {
    return target(port, null);
  }

  private static Target target(int port, String service) {
    return new Target.Grpc("127.0.0.1", port, service, false);
  }

  private static GrpcServer serveAt(int port) throws IOException {
    return new GrpcServer(
        port, InsecureServerCredentials.create(), GrpcServer.always(GrpcHealth.SERVING));
  }

  /** Nobody else gets it before the test is over. */
  private int heldPort() throws IOException {
    HeldPort held = new HeldPort();
    servers.add(held);
    return held.number();
  }
}
