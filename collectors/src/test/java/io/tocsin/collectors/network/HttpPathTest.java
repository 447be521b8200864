package io.tocsin.collectors.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.parts.HeldPort;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class HttpPathTest {

  private Loopback server;

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  /** Does with a connection what is said, once the request has been read. */
  private Collector after(Loopback.Manners manners) throws IOException {
    return over(serve(manners));
  }

  private String serve(Loopback.Manners manners) throws IOException {
    server =
        new Loopback(
            socket -> {
              Loopback.readRequest(socket);
              manners.serve(socket);
            });
    return "http://127.0.0.1:" + server.port() + "/";
  }

  private static HttpTarget target(String url) {
    return new HttpTarget(URI.create(url), null, null, null, null, 100_000);
  }

  private static Collector over(String url) {
    return Paths.collector(target(url));
  }

  @Test
  void theTimeIsSplitIntoItsPhases() throws Exception {
    Collector collector =
        after(
            socket -> {
              OutputStream out = socket.getOutputStream();
              TimeUnit.MILLISECONDS.sleep(60);
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no".getBytes(UTF_8));
              TimeUnit.MILLISECONDS.sleep(40);
              out.write('k');
              new CountDownLatch(1).await();
            });
    Probe.Builder probe = Paths.probe(collector);

    assertThat(probe.getHealth()).isEqualTo(Health.UP);
    assertThat(probe.getEvidence()).isEqualTo("answered 200");
    assertThat(probe.getPhases().getConnectUs()).isNotNull();
    assertThat(probe.getPhases().getTlsUs()).isNull();
    assertThat(probe.getPhases().getFirstByteUs()).isGreaterThanOrEqualTo(55_000);
    // Who is late in reading the first byte has less to wait for the last; together it is all that
    // was waited.
    assertThat(probe.getPhases().getTransferUs()).isPositive();
    assertThat(probe.getPhases().getFirstByteUs() + probe.getPhases().getTransferUs())
        .isGreaterThanOrEqualTo(95_000);
    assertThat(probe.getLatencyUs())
        .isGreaterThanOrEqualTo(
            probe.getPhases().getFirstByteUs() + probe.getPhases().getTransferUs());
  }

  @Test
  void aChunkedBodyEndsWithItsLastChunkThoughTheConnectionStaysOpen() throws Exception {
    Collector collector =
        after(
            socket -> {
              socket
                  .getOutputStream()
                  .write(
                      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                              + "2\r\nok\r\n0\r\n\r\n")
                          .getBytes(UTF_8));
              new CountDownLatch(1).await();
            });
    assertThat(Paths.probe(collector).getHealth()).isEqualTo(Health.UP);
  }

  @Test
  void endlessHeadersAreRefused() throws Exception {
    Collector collector =
        after(
            socket -> {
              socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
              while (true) {
                socket.getOutputStream().write("a: b\r\n".repeat(1_000).getBytes(UTF_8));
              }
            });
    Probe.Builder probe = Paths.probe(collector);
    assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
    assertThat(probe.getEvidence()).contains("headers longer than 16 KiB");
  }

  @Test
  void anEndlessBodyIsCutOffAndToldOf() throws Exception {
    Collector collector =
        after(
            socket -> {
              socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
              while (true) {
                socket.getOutputStream().write(new byte[100_000]);
              }
            });
    Reading reading = collector.collect();
    assertThat(Paths.probe(reading).getHealth()).isEqualTo(Health.UP);
    assertThat(reading.problems())
        .extracting(Problem::reason)
        .containsExactly(Problem.Reason.OVER_LIMIT);
  }

  @Test
  void headersThatTrickleInForEverEndWithTheTimeout() throws Exception {
    String url =
        serve(
            socket -> {
              while (true) {
                socket.getOutputStream().write('H');
                TimeUnit.MILLISECONDS.sleep(20);
              }
            });
    Probe.Builder probe = Paths.probe(Paths.impatient(target(url)));
    assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
    assertThat(probe.getEvidence()).contains("no answer from 127.0.0.1").endsWith("in time");
    assertThat(probe.getLatencyUs()).isNull();
  }

  @Test
  void aTlsHandshakeThatTricklesInForEverEndsWithTheDialTimeout() throws Exception {
    server =
        new Loopback(
            socket -> {
              socket.getOutputStream().write(new byte[] {0x16, 3, 3, 0x40, 0});
              while (true) {
                socket.getOutputStream().write(1);
                TimeUnit.MILLISECONDS.sleep(20);
              }
            });
    HttpTarget target =
        new HttpTarget(
            URI.create("https://127.0.0.1:" + server.port()), null, null, null, null, null);
    Collector collector =
        Paths.collector(Paths.path(target, Duration.ofMillis(400), Duration.ofMillis(300), 100));
    Probe.Builder probe = Paths.probe(collector);
    assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
    assertThat(probe.getEvidence()).endsWith("in time");
    assertThat(probe.getPhases().getConnectUs()).isNotNull();
    assertThat(probe.getPhases().getTlsUs()).isNull();
    assertThat(probe.getCertificateDaysLeft()).isNull();
  }

  @Test
  void aServerWithoutTlsIsNamedAsThat() throws Exception {
    server = new Loopback(socket -> socket.getOutputStream().write("hello\n".getBytes(UTF_8)));
    Probe.Builder probe = Paths.probe(over("https://127.0.0.1:" + server.port() + "/"));
    assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
    assertThat(probe.getEvidence()).startsWith("TLS with 127.0.0.1:" + server.port() + " failed");
  }

  @Test
  void aServerThatHangsUpIsDown() throws Exception {
    Probe.Builder probe = Paths.probe(after(socket -> {}));
    assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
    assertThat(probe.getEvidence()).contains("without a complete answer");
  }

  @Test
  void aPortWhereNobodyListensIsDown() throws Exception {
    try (HeldPort nobody = new HeldPort()) {
      Probe.Builder probe = Paths.probe(over("http://127.0.0.1:" + nobody.number() + "/"));
      assertThat(probe.getEvidence())
          .isEqualTo("connection refused by 127.0.0.1:" + nobody.number());
      assertThat(probe.getPhases().getConnectUs()).isNull();
    }
  }
}
