package io.tocsin.collectors.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.echo.EchoConfig;
import io.tocsin.collectors.echo.EchoServer;
import io.tocsin.collectors.parts.FaultProxy;
import io.tocsin.collectors.parts.HeldPort;
import io.tocsin.collectors.parts.TcpFaultProxy;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class TcpPathTest {

  private EchoServer server;
  private TcpFaultProxy proxy;
  private Collector collector;

  @BeforeEach
  void start() throws IOException {
    server = EchoServer.start(new EchoConfig(null, 0, 0, null, null, null, null));
    proxy = FaultProxy.tcp(server.tcpPort());
    collector = Paths.collector(echo(null));
  }

  @AfterEach
  void stop() {
    collector.close();
    proxy.close();
    server.close();
  }

  private TcpTarget echo(Throughput throughput) {
    return new TcpTarget("127.0.0.1", proxy.port(), true, 8, 64, throughput);
  }

  @Test
  void aConnectionIsKeptFromPassToPass() throws Exception {
    Probe.Builder first = Paths.probe(collector);
    Probe.Builder second = Paths.probe(collector);

    assertThat(first.getHealth()).isEqualTo(Health.UP);
    assertThat(first.getPath().getReceived()).isEqualTo(8);
    assertThat(first.getPhases().getConnectUs()).isNotNull();
    assertThat(first.getLatencyUs()).isEqualTo(first.getPath().getP50Us());
    assertThat(second.getPhases()).isNull();
    assertThat(proxy.accepted()).isEqualTo(1);
  }

  @Test
  void delayIsSeen() throws Exception {
    proxy.delay(Duration.ofMillis(15));
    Probe.Builder probe = Paths.probe(collector);

    assertThat(probe.getPath().getReceived()).isEqualTo(8);
    assertThat(probe.getPath().getMinUs()).isGreaterThanOrEqualTo(15_000);
  }

  @Test
  void aConnectionThatBrokeBetweenTwoPassesIsOpenedAgainAtOnce() throws Exception {
    Paths.probe(collector);
    proxy.cut();
    Probe.Builder probe = Paths.probe(collector);

    assertThat(probe.getHealth()).isEqualTo(Health.UP);
    assertThat(probe.getAttempts()).isEqualTo(2);
    assertThat(probe.getPath().getReceived()).isEqualTo(8);
  }

  @Test
  void aResetInTheMiddleIsDownAndSaysHowFarItGot() throws Exception {
    proxy.delay(Duration.ofMillis(30));
    proxy.cutAfter(3 * 64);
    Probe.Builder probe = Paths.probe(collector);

    assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
    assertThat(probe.getEvidence())
        .contains("connection reset by 127.0.0.1")
        .contains("of 8 echoes");
    assertThat(probe.getPath().getReceived()).isBetween(1, 7);
  }

  @Test
  void aHalfOpenConnectionCostsOnePassAndTheNextIsWell() throws Exception {
    // The same patience is for what hangs and for what is well on a busy machine.
    Collector kept = Paths.collector(Paths.patient(echo(null), Duration.ofSeconds(5), 100));
    Paths.probe(kept);
    proxy.silent(true);
    long began = System.nanoTime();
    Probe.Builder silent = Paths.probe(kept);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    proxy.silent(false);
    Probe.Builder next = Paths.probe(kept);
    kept.close();

    assertThat(silent.getHealth()).isEqualTo(Health.DOWN);
    assertThat(silent.getEvidence()).contains("no answer from 127.0.0.1").contains("in time");
    assertThat(silent.getPath().getSent()).isEqualTo(1);
    assertThat(silent.getPath().getReceived()).isZero();
    assertThat(silent.getLatencyUs()).isNull();
    // It fits into the interval, so that the next tick is on time.
    assertThat(took).isLessThan(kept.interval());
    assertThat(next.getHealth()).isEqualTo(Health.UP);
    assertThat(proxy.accepted()).isEqualTo(2);
  }

  @Test
  void aPortWhereNobodyListensIsDown() throws Exception {
    try (HeldPort nobody = new HeldPort();
        Collector refused =
            Paths.collector(new TcpTarget("127.0.0.1", nobody.number(), true, 8, 64, null))) {
      Probe.Builder probe = Paths.probe(refused);

      assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
      assertThat(probe.getEvidence())
          .isEqualTo("connection refused by 127.0.0.1:" + nobody.number());
      assertThat(probe.getPath()).isNull();
    }
  }

  @Test
  void aServerThatDoesNotEchoIsToldApart() throws Exception {
    try (ServerSocket chatty = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread greeter =
          new Thread(
              () -> {
                try {
                  Socket socket = chatty.accept();
                  socket
                      .getOutputStream()
                      .write("220 mail.example ready ".repeat(10).getBytes(UTF_8));
                } catch (IOException closed) {
                  // The test is over.
                }
              });
      greeter.start();
      try (Collector other =
          Paths.collector(new TcpTarget("127.0.0.1", chatty.getLocalPort(), true, 3, null, null))) {
        Probe.Builder probe = Paths.probe(other);
        assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
        assertThat(probe.getEvidence()).contains("no echo responder");
      }
    }
  }

  @Test
  void throughputIsTestedWhenItIsDue() throws Exception {
    Throughput every = new Throughput(1 << 20, Duration.ofSeconds(60));
    try (Collector testing = Paths.collector(echo(every))) {
      assertThat(Paths.probe(testing).getPath().getThroughputBytesPerSecond()).isPositive();
      assertThat(Paths.probe(testing).getPath().getThroughputBytesPerSecond()).isNull();
    }
    await().until(() -> server.counters().bytes() == (1 << 20) + 16 * 64);
  }

  @Test
  void throughputOfANarrowPathIsItsRateAlsoWhenTimeRunsOut() throws Exception {
    // It would take ten seconds, and has half of them.
    proxy.rate(100_000);
    try (Collector testing =
        Paths.collector(
            Paths.patient(echo(new Throughput(1 << 20, null)), Duration.ofSeconds(5), 100))) {
      Probe.Builder probe = Paths.probe(testing);
      assertThat(probe.getHealth()).isEqualTo(Health.UP);
      assertThat(probe.getPath().getThroughputBytesPerSecond()).isBetween(1.0, 125_000.0);
      assertThat(Paths.probe(testing).getHealth()).isEqualTo(Health.UP);
    }
  }

  @Test
  void withoutAnEchoResponderTheHandshakeIsTheRoundTrip() throws Exception {
    TcpTarget plain = new TcpTarget("127.0.0.1", server.tcpPort(), null, null, null, null);
    try (Collector connecting = Paths.collector(plain)) {
      Probe.Builder probe = Paths.probe(connecting);
      assertThat(probe.getHealth()).isEqualTo(Health.UP);
      assertThat(probe.getLatencyUs()).isEqualTo(probe.getPhases().getConnectUs());
      assertThat(probe.getPath()).isNull();
      server.close();
      assertThat(Paths.probe(connecting).getHealth()).isEqualTo(Health.DOWN);
    }
  }

  @Test
  void aPassThatIsGivenUpEndsAtOnce() throws Exception {
    Paths.probe(collector);
    proxy.silent(true);
    Thread me = Thread.currentThread();
    Thread agent =
        new Thread(
            () -> {
              await().until(() -> proxy.lost() > 0);
              me.interrupt();
            });
    agent.start();
    assertThatThrownBy(() -> collector.collect()).isInstanceOf(InterruptedException.class);
    agent.join();
  }

  @Test
  void aNameThatCannotBeResolvedIsUnknown() throws Exception {
    TcpTarget nowhere = new TcpTarget("nowhere.invalid", 80, null, null, null, null);
    try (Collector lost =
        Paths.collector(Paths.path(nowhere, Duration.ofMillis(500), Duration.ofMillis(300), 100))) {
      Probe.Builder probe = Paths.probe(lost);
      assertThat(probe.getHealth()).isEqualTo(Health.UNKNOWN);
      assertThat(probe.getEvidence()).contains("nowhere.invalid");
    }
  }
}
