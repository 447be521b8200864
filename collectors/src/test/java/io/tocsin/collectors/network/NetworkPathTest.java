package io.tocsin.collectors.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collectors.Collector;
import io.tocsin.schemas.Resource;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPathTest {

  private static final IcmpTarget ICMP = new IcmpTarget("192.0.2.1", null, null, null);

  @Test
  void whatIsNotGivenHasItsDefault() {
    NetworkPath path = new NetworkPath("way", ICMP);
    assertThat(path.interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(path.dialTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(path.timeout()).isEqualTo(Duration.ofMillis(900));
    assertThat(path.maxLoss()).isEqualTo(100);
    assertThat(ICMP).isEqualTo(new IcmpTarget("192.0.2.1", 10, 64, Duration.ofMillis(10)));
    assertThat(new TcpTarget("a", 1, null, null, null, null))
        .isEqualTo(new TcpTarget("a", 1, false, 10, 64, null));
  }

  @Test
  void aPathHasOneTarget() {
    assertThatThrownBy(() -> new NetworkPath("way", null))
        .hasMessageContaining("'way' has 0 targets");
    TcpTarget tcp = new TcpTarget("a", 1, null, null, null, null);
    assertThatThrownBy(
            () ->
                new NetworkPath(
                    "way", null, null, tcp, null, null, null, ICMP, null, null, null, null))
        .hasMessageContaining("has 2 targets")
        .hasMessageContaining("exactly one of tcp, udp, http, dns, icmp");
  }

  @Test
  void waitsThatDoNotFitIntoTheIntervalAreRefused() {
    assertThatThrownBy(() -> Paths.path(ICMP, null, Duration.ofMillis(1_001), 100))
        .hasMessage("network path 'way': timeout is 1001 ms; it must be from 10 ms to 1000 ms");
    IcmpTarget slow = new IcmpTarget("192.0.2.1", 100, null, null);
    assertThatThrownBy(() -> new NetworkPath("way", slow))
        .hasMessageContaining("sending the burst takes 990 ms")
        .hasMessageContaining("half the timeout of 900 ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "http://a", "a/b", "[::1]"})
  void aHostThatIsNoneIsRefused(String host) {
    assertThatThrownBy(() -> new TcpTarget(host, 1, null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be a name or an address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a/", "/a", "http://u:p@a/", "http://a/#b", "mailto:a@b"})
  void aUrlThatIsNoneIsRefusedWithoutShowingIt(String url) {
    assertThatThrownBy(() -> new HttpTarget(URI.create(url), null, null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("u:p");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a, GET / HTTP/1.1, a",
    "http://a:81/b/c?d=e, GET /b/c?d=e HTTP/1.1, a:81",
    "https://[::1]:8443?q=/x, GET /?q=/x HTTP/1.1, [::1]:8443",
    "http://a/%C3%A9, GET /%C3%A9 HTTP/1.1, a"
  })
  void theRequestAsksForWhatTheUrlSays(String url, String line, String host) {
    HttpTarget target = new HttpTarget(URI.create(url), null, null, null, null, null);
    assertThat(target.request()).startsWith(line + "\r\nHost: " + host + "\r\n");
    assertThat(target.request()).endsWith("\r\n\r\n");
  }

  @Test
  void whatCannotBeAskedOfANameServerIsRefused() {
    assertThatThrownBy(() -> new DnsTarget(null, null, "a", "NOPE", null))
        .hasMessageContaining("'NOPE' is no type");
    assertThatThrownBy(() -> new DnsTarget(null, null, null, null, null))
        .hasMessageContaining("name is missing");
    assertThatThrownBy(() -> new DnsTarget(null, null, "a..b", null, null))
        .hasMessageContaining("no domain name");
    assertThat(new DnsTarget(null, null, "a.example", null, null).describe())
        .isEqualTo("a.example A at the system's resolver");
  }

  @Test
  void throughputNeedsAnEcho() {
    assertThatThrownBy(() -> new TcpTarget("a", 1, null, null, null, new Throughput(null, null)))
        .hasMessageContaining("echo: true");
  }

  @Test
  void anIdNamesOnePath() {
    NetworkPath path = new NetworkPath("way", ICMP);
    assertThatThrownBy(() -> new NetworkConfig(null, List.of(path, path)))
        .hasMessageContaining("'way' is given twice");
  }

  @Test
  void theResourceSaysFromWhereToWhere() {
    Collector collector =
        NetworkCollectors.collectors(
                new NetworkConfig("rack-7", List.of(new NetworkPath("way", ICMP))),
                "web-1",
                Clock.systemUTC())
            .get(0);
    Resource resource = collector.resources().get(0);
    assertThat(resource.getId()).isEqualTo("endpoint/way");
    assertThat(resource.getLabels())
        .isEqualTo(Map.of("target", "192.0.2.1", "kind", "icmp", "from", "rack-7"));
    assertThat(collector.deadline()).isEqualTo(Duration.ofMillis(6_900));
  }
}
