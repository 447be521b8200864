package io.tocsin.collectors.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key AKIAIOSFODNN7EXAMPLE used|key [masked aws-key] used",
        "postgres://shop:hunter2@db/shop|postgres://shop:[masked url-password]@db/shop",
        "redis://:hunter2@cache|redis://:[masked url-password]@cache",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl|[masked jwt]",
        "Authorization: Bearer abcdef0123456789|Authorization: Bearer [masked credentials]",
        "mysqldump --password=hunter2 shop|mysqldump --password=[masked password] shop",
        "login --token hunter2 now|login --token [masked password] now",
        "PGPASSWORD=hunter2 psql|PGPASSWORD=[masked password] psql",
        "{\"password\": \"hunter2\", \"n\": 1}|{\"password\": \"[masked password]\", \"n\": 1}",
        "api_key=0123456789abcdef|api_key=[masked password]",
        "mail from ann.lee@example.com|mail from [masked mail-address]",
        "xoxb-123456789012-abcdefghijkl|[masked slack-token]",
        "ghp_0123456789abcdefghijklmnopqrstuvwxyz|[masked github-token]"
      })
  void whatHasTheFormOfASecretIsMasked(String text, String masked) {
    assertThat(SecretText.masked(text)).isEqualTo(masked);
  }

  @Test
  void aPrivateKeyIsMaskedToItsEndAndToTheEndOfTheTextIfItHasNone() {
    String begin = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n";

    assertThat(SecretText.masked("a " + begin + "-----END RSA PRIVATE KEY----- b"))
        .isEqualTo("a [masked private-key] b");
    assertThat(SecretText.masked("a " + begin)).isEqualTo("a [masked private-key]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET",
        "200",
        "/api/v1/orders",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "answered 503 Service Unavailable after 3 tries",
        "connection refused: 10.0.0.7:5432",
        "http://shop:8080/health",
        "shop@sha256:9f86d081884c7d65",
        "tokens per second",
        "550e8400-e29b-41d4-a716-446655440000",
        "password expired",
        "registry.example.com/shop:1.2.3",
        "2026-01-01T12:00:00Z"
      })
  void whatHasNotIsTheSameObject(String text) {
    assertThat(SecretText.masked(text)).isSameAs(text);
  }

  @Property
  void maskingTwiceIsMaskingOnce(@ForAll String text) {
    String once = SecretText.masked(text);

    assertThat(SecretText.masked(once)).isEqualTo(once);
  }

  @Test
  void noTextTakesLong() {
    for (String unit :
        new String[] {
          "eyJ", "a:", "://a:", "a@", "token ", "-----BEGIN ", "a.b@", "password=", "--token "
        }) {
      String text = unit.repeat(65_536 / unit.length());
      // Some milliseconds; a pattern that backtracks would take hours.
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(60), () -> SecretText.masked(text), unit);
    }
  }
}
