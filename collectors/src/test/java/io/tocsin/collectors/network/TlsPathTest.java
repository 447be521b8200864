package io.tocsin.collectors.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class TlsPathTest {

  private static final String HERE = "dns:localhost,ip:127.0.0.1";

  @TempDir static Path folder;
  private static Certificates good;
  private static Certificates expired;
  private static Certificates anothers;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<List<SNIServerName>> asked = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void make() throws Exception {
    good = Certificates.make(folder, HERE, "-1d", 31);
    expired = Certificates.make(folder, HERE, "-20d", 10);
    anothers = Certificates.make(folder, "dns:other.example", "-1d", 31);
  }

  private Loopback serve(Certificates certificates) throws Exception {
    return new Loopback(
        certificates
            .context()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("localhost")),
        socket -> {
          SSLSocket secure = (SSLSocket) socket;
          secure.startHandshake();
          asked.add(((ExtendedSSLSession) secure.getSession()).getRequestedServerNames());
          Loopback.readRequest(socket);
          requests.add("request");
          socket
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(UTF_8));
        });
  }

  private static Collector over(Loopback server, Boolean verify, Path caFile) {
    URI url = URI.create("https://localhost:" + server.port() + "/?secret=1");
    return Paths.collector(
        Paths.patient(
            new HttpTarget(url, null, null, verify, caFile, null), Duration.ofSeconds(15), 100));
  }

  @Test
  void aTrustedServerIsUpAndEveryHandshakeIsAWholeOne() throws Exception {
    try (Loopback server = serve(good);
        Collector collector = over(server, null, good.pem())) {
      for (int i = 0; i < 2; i++) {
        Probe.Builder probe = Paths.probe(collector);
        assertThat(probe.getEvidence()).isEqualTo("answered 200");
        assertThat(probe.getHealth()).isEqualTo(Health.UP);
        assertThat(probe.getPhases().getTlsUs()).isPositive();
        assertThat(probe.getCertificateDaysLeft()).isBetween(29.9, 30.0);
      }
      assertThat(asked).hasSize(2);
      assertThat(asked.get(0).toString()).contains("localhost");
    }
  }

  @Test
  void aServerThatIsNotTrustedIsDownAndGetsNoRequest() throws Exception {
    try (Loopback server = serve(good);
        Collector collector = over(server, null, null)) {
      Probe.Builder probe = Paths.probe(collector);
      assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
      assertThat(probe.getEvidence()).startsWith("the certificate is not trusted: ");
      assertThat(probe.getCertificateDaysLeft()).isBetween(29.9, 30.0);
      assertThat(requests).isEmpty();
    }
  }

  @Test
  void anExpiredCertificateIsDownAndSaysSinceWhen() throws Exception {
    try (Loopback server = serve(expired);
        Collector collector = over(server, null, expired.pem())) {
      Probe.Builder probe = Paths.probe(collector);
      assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
      assertThat(probe.getEvidence()).startsWith("the certificate of CN=server expired at 20");
      assertThat(probe.getCertificateDaysLeft()).isBetween(-10.1, -9.9);
    }
  }

  @Test
  void anothersCertificateIsDown() throws Exception {
    try (Loopback server = serve(anothers);
        Collector collector = over(server, null, anothers.pem())) {
      Probe.Builder probe = Paths.probe(collector);
      assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
      assertThat(probe.getEvidence()).contains("localhost");
      assertThat(requests).isEmpty();
    }
  }

  @Test
  void whereTrustIsNotAskedForItIsUpAndStillCountsTheDays() throws Exception {
    try (Loopback server = serve(expired);
        Collector collector = over(server, false, null)) {
      Probe.Builder probe = Paths.probe(collector);
      assertThat(probe.getHealth()).isEqualTo(Health.UP);
      assertThat(probe.getCertificateDaysLeft()).isNegative();
    }
  }

  @Test
  void aCaFileThatIsNoneIsUnknownAndAProblem() throws Exception {
    Path garbage = Files.write(folder.resolve("garbage.pem"), new byte[] {1, 2, 3, (byte) 0xff});
    for (Path file : List.of(garbage, folder.resolve("none.pem"))) {
      try (Loopback server = serve(good);
          Collector collector = over(server, null, file)) {
        Reading reading = collector.collect();
        assertThat(Paths.probe(reading).getHealth()).isEqualTo(Health.UNKNOWN);
        assertThat(reading.problems())
            .extracting(Problem::reason)
            .containsExactly(Problem.Reason.UNREADABLE);
      }
    }
  }
}
