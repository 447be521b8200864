package io.tocsin.collectors.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.echo.EchoConfig;
import io.tocsin.collectors.echo.EchoServer;
import io.tocsin.collectors.parts.FaultProxy;
import io.tocsin.collectors.parts.UdpFaultProxy;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class UdpPathTest {

  private EchoServer server;
  private UdpFaultProxy proxy;
  private Collector collector;

  @BeforeEach
  void start() throws IOException {
    server = EchoServer.start(new EchoConfig(null, 0, 0, null, null, null, null));
    proxy = FaultProxy.udp(server.udpPort());
    collector = Paths.collector(target());
  }

  @AfterEach
  void stop() {
    collector.close();
    proxy.close();
    server.close();
  }

  /** Waits for what is lost no longer than for what a busy machine has late. */
  private static NetworkPath path(UdpTarget target, int maxLoss) {
    return Paths.patient(target, Duration.ofSeconds(4), maxLoss);
  }

  private UdpTarget target() {
    return new UdpTarget("127.0.0.1", proxy.port(), 8, 64, Duration.ofMillis(5));
  }

  @Test
  void everythingComesBackOverAHealthyPath() throws Exception {
    Reading reading = collector.collect();
    Probe.Builder probe = Paths.probe(reading);

    assertThat(reading.problems()).isEmpty();
    assertThat(probe.getHealth()).isEqualTo(Health.UP);
    assertThat(probe.getPath().getSent()).isEqualTo(8);
    assertThat(probe.getPath().getReceived()).isEqualTo(8);
    assertThat(probe.getPath().getReordered()).isZero();
    assertThat(probe.getLatencyUs()).isEqualTo(probe.getPath().getP50Us());
  }

  @Test
  void aQuarterOfTheDatagramsLostIsExactlyThat() throws Exception {
    proxy.dropEvery(4);
    try (Collector losing = Paths.collector(path(target(), 100))) {
      Probe.Builder probe = Paths.probe(losing);

      assertThat(probe.getPath().getSent()).isEqualTo(8);
      assertThat(probe.getPath().getReceived()).isEqualTo(6);
      assertThat(probe.getHealth()).isEqualTo(Health.UP);
      assertThat(probe.getEvidence()).isEqualTo("6 of 8 probes were answered");
    }
  }

  @Test
  void lossUpToTheLimitIsUpAndAtTheLimitDown() throws Exception {
    proxy.dropEvery(4);
    for (int limit : new int[] {25, 26}) {
      try (Collector strict = Paths.collector(path(target(), limit))) {
        assertThat(Paths.probe(strict).getHealth())
            .isEqualTo(limit == 25 ? Health.DOWN : Health.UP);
      }
    }
  }

  @Test
  void swappedAnswersAreCounted() throws Exception {
    proxy.swapEvery(3);
    Probe.Builder probe = Paths.probe(collector);

    assertThat(probe.getPath().getReceived()).isEqualTo(8);
    assertThat(probe.getPath().getReordered()).isEqualTo(2);
  }

  @Test
  void doubledAnswersCountOnce() throws Exception {
    proxy.doubleEvery(2);
    Reading reading = collector.collect();

    assertThat(Paths.probe(reading).getPath().getReceived()).isEqualTo(8);
    assertThat(reading.problems()).extracting(Problem::reason).containsOnly(Problem.Reason.STALE);
  }

  @Test
  void anAnswerThatComesAfterItsPassIsLostAndNotTakenForAnother() throws Exception {
    // So late that a machine that sleeps in the middle of a pass does not find them there.
    proxy.delay(Duration.ofSeconds(5)).jitter(Duration.ofMillis(30));
    try (Collector late = Paths.collector(Paths.patient(target(), Duration.ofMillis(300), 100))) {
      assertThat(Paths.probe(late).getPath().getReceived()).isZero();
      // They come during the second pass, or about then.
      TimeUnit.MILLISECONDS.sleep(4_600);
      assertThat(Paths.probe(late).getPath().getReceived()).isZero();
    }
  }

  @Test
  void delayIsSeen() throws Exception {
    proxy.delay(Duration.ofMillis(40));
    Probe.Builder probe = Paths.probe(collector);

    assertThat(probe.getPath().getReceived()).isEqualTo(8);
    assertThat(probe.getPath().getMinUs()).isGreaterThanOrEqualTo(40_000);
  }

  @Test
  void silenceIsDownAfterTheTimeoutAndTheNextPassIsWell() throws Exception {
    proxy.silent(true);
    try (Collector kept = Paths.collector(path(target(), 100))) {
      long began = System.nanoTime();
      Probe.Builder silent = Paths.probe(kept);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      proxy.silent(false);

      assertThat(silent.getHealth()).isEqualTo(Health.DOWN);
      assertThat(silent.getEvidence()).contains("no answer from 127.0.0.1");
      assertThat(silent.getLatencyUs()).isNull();
      assertThat(took).isLessThan(kept.interval());
      assertThat(Paths.probe(kept).getHealth()).isEqualTo(Health.UP);
    }
  }

  @Test
  void aClosedPortIsDownAtOnceAndWellWhenItIsBack() throws Exception {
    int port = proxy.port();
    proxy.close();
    Probe.Builder probe = Paths.probe(collector);

    assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
    assertThat(probe.getEvidence())
        .isEqualTo("nobody listens at 127.0.0.1:" + port + ": port unreachable");
    try (EchoServer back =
        EchoServer.start(new EchoConfig(null, 0, port, null, null, null, null))) {
      assertThat(back.udpPort()).isEqualTo(port);
      assertThat(Paths.probe(collector).getHealth()).isEqualTo(Health.UP);
    }
  }

  @Test
  void garbageIsNoAnswer() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread garbage =
          new Thread(
              () -> {
                DatagramPacket packet = new DatagramPacket(new byte[9_000], 9_000);
                try {
                  while (true) {
                    socket.receive(packet);
                    byte[] answer = new byte[3_000];
                    socket.send(
                        new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                  }
                } catch (IOException closed) {
                  // The test is over.
                }
              });
      garbage.setDaemon(true);
      garbage.start();
      UdpTarget target = new UdpTarget("127.0.0.1", socket.getLocalPort(), 3, null, null);
      try (Collector fooled = Paths.collector(path(target, 100))) {
        Reading reading = fooled.collect();
        assertThat(Paths.probe(reading).getHealth()).isEqualTo(Health.DOWN);
        assertThat(reading.problems())
            .extracting(Problem::reason)
            .containsExactly(Problem.Reason.MALFORMED);
      }
    }
  }
}
