package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.Tier;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCheckTest {

  private static final Target TCP = new Target.Tcp("127.0.0.1", 80);

  @Test
  void whatIsNotGivenHasItsDefault() {
    HealthCheck check = new HealthCheck("shop", null, null, TCP, null, null, null, null);

    assertThat(check)
        .isEqualTo(
            new HealthCheck(
                "shop",
                null,
                Tier.UNSPECIFIED,
                TCP,
                Duration.ofSeconds(1),
                Duration.ofMillis(405),
                1,
                Duration.ofMillis(100)));
    assertThat(new Target.Http(URI.create("http://a/")))
        .isEqualTo(new Target.Http(URI.create("http://a/"), 200, 299, null));
  }

  @Test
  void theDefaultTimeoutIsNoLongerThanFiveSeconds() {
    assertThat(check(Duration.ofMinutes(1), null, null).timeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void attemptsThatDoNotFitIntoTheIntervalAreRefusedWithWhatWouldFit() {
    assertThatThrownBy(() -> check(Duration.ofSeconds(1), Duration.ofMillis(800), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "health check 'shop': 2 attempts of 800 ms and the delays between them do not fit into"
                + " the interval of 1000 ms: set timeout to 450 ms or less, or lengthen the"
                + " interval");
    assertThat(check(Duration.ofSeconds(1), Duration.ofMillis(450), 1).timeout())
        .isEqualTo(Duration.ofMillis(450));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Shop", "-shop", "a b", "a/b", "../etc", "a\nb"})
  void anIdThatCannotStandInAResourceIdIsRefused(String id) {
    assertThatThrownBy(() -> new HealthCheck(id, null, null, TCP, null, null, null, null))
        .hasMessageContaining("health check id")
        .hasMessageContaining("must match");
    assertThatThrownBy(() -> new HealthCheck("a", id, null, TCP, null, null, null, null))
        .hasMessageContaining("health check service");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://a/",
        "http:///x",
        "/x",
        "http://u:p@a/",
        "http://a/#b"
      })
  void aUrlThatIsNoPlainHttpUrlIsRefusedWithoutShowingAPassword(String url) {
    assertThatThrownBy(() -> new Target.Http(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("u:p");
  }

  @Test
  void otherValuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Target.Tcp("a", 0)).hasMessageContaining("1 to 65535");
    assertThatThrownBy(() -> new Target.Tcp(" ", 1)).hasMessageContaining("host is missing");
    assertThatThrownBy(() -> new Target.Http(URI.create("http://a/"), 300, 200, null))
        .hasMessageContaining("300-200");
    assertThatThrownBy(() -> check(Duration.ofMillis(99), null, 0))
        .hasMessageContaining("100 ms to 1 h");
    assertThatThrownBy(() -> check(Duration.ofSeconds(1), null, 11))
        .hasMessageContaining("0 to 10");
    assertThatThrownBy(() -> new HealthCheck("a", null, null, null, null, null, null, null))
        .hasMessageContaining("no target");
  }

  private static HealthCheck check(Duration interval, Duration timeout, Integer retries) {
    return new HealthCheck("shop", null, null, TCP, interval, timeout, retries, null);
  }
}
