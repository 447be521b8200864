package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.tls.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real InfluxDB that speaks TLS. */
class InfluxTlsITCase {

  @TempDir private Path directory;

  @Test
  void aStoreIsBelievedByItsAuthorityAlone() throws Exception {
    TestAuthority ours = new TestAuthority(directory, "ours");
    TestAuthority theirs = new TestAuthority(directory, "theirs");
    LocalInflux influx = LocalInflux.start(directory, ours.server("store", "localhost"));
    try {
      InfluxAddress known = store(influx.url(), ours);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThatCode(known::prepare).doesNotThrowAnyException());
      assertThat(write(known)).isInstanceOf(PointStore.Answer.Stored.class);

      assertThat(write(store(influx.url(), theirs)).toString())
          .contains("Unavailable", "not believed here");
      assertThat(write(store(influx.url().replace("localhost", "127.0.0.1"), ours)).toString())
          .contains("Unavailable", "another host name");
    } finally {
      influx.stop();
    }
  }

  private static InfluxAddress store(String url, TestAuthority believed) {
    return new InfluxAddress(url, ClientTls.believing(believed.ca().toString()), "", "tocsin", 1);
  }

  private static PointStore.Answer write(InfluxAddress place) {
    try (PointStore points = place.points()) {
      return points.write(
          List.of("tocsin,resource=host/a cpu=1 " + Instant.now().toEpochMilli() + "000000"));
    }
  }
}
