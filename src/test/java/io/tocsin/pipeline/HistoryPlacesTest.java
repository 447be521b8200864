package io.tocsin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.config.Config;
import io.tocsin.config.ConfigLoader;
import io.tocsin.history.HistoryAddress;
import io.tocsin.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryPlacesTest {

  @TempDir private Path directory;

  private HistoryAddress questDb(String url, String more) throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "s3cret");
    Config config =
        new ConfigLoader()
            .load(
                Files.writeString(
                    directory.resolve("tocsin.yaml"),
                    """
                    history:
                      questdb:
                        url: "%s"
                        sql: store.example:8812
                        user: tocsin
                        password: {file: %s}
                        %s
                    """
                        .formatted(url, password, more)));
    return (HistoryAddress) HistoryPlaces.of(config);
  }

  @Test
  void theSqlWireOfAStoreThatSpeaksTlsDoesTooAndComparesNames() throws Exception {
    String ca = new TestAuthority(directory, "ours").ca().toString();

    HistoryAddress address = questDb("https://store.example:9000", "ca: " + ca);

    assertThat(address.jdbcUrl())
        .startsWith("jdbc:postgresql://store.example:8812/qdb?sslmode=verify-full&sslrootcert=");
    assertThat(address.tls().ca()).isEqualTo(ca);
    assertThat(questDb("https://store.example:9000", "").jdbcUrl())
        .endsWith("?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
  }

  @Test
  void itGoesAsItIsWhereThatIsSaid() throws Exception {
    assertThat(questDb("http://store.example:9000", "plain-text: true").jdbcUrl())
        .isEqualTo("jdbc:postgresql://store.example:8812/qdb");
  }
}
