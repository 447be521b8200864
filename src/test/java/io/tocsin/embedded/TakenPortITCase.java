package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A port that somebody takes between the preflight and the start: one line, and the JVM lives. */
@Timeout(120)
class TakenPortITCase {

  @TempDir Path temp;
  private final Ports ports = Ports.free();
  private DataDirectory data;

  @BeforeEach
  void makeDirectory() throws Exception {
    data = new DataDirectory(temp);
    data.create();
  }

  @Test
  void kafkaNamesItsPort() throws Exception {
    failsNaming(new EmbeddedKafka(data.kafka(), ports, f -> {}), ports.kafka(), "kafka.log");
  }

  @Test
  void kafkaNamesItsControllerPort() throws Exception {
    failsNaming(
        new EmbeddedKafka(data.kafka(), ports, f -> {}), ports.kafkaController(), "kafka.log");
  }

  @Test
  void questDbNamesItsPorts() throws Exception {
    failsNaming(new EmbeddedQuestDb(data, ports), ports.questDbHttp(), "questdb");
  }

  @Test
  void questDbNamesItsSqlPort() throws Exception {
    failsNaming(new EmbeddedQuestDb(data, ports), ports.questDbPg(), "questdb");
  }

  @Test
  void theRegistryPointsToItsLog() throws Exception {
    EmbeddedRegistry registry =
        new EmbeddedRegistry(EmbeddedPartsITCase.distribution(), data, ports.registry(), f -> {});
    failsNaming(registry, ports.registry(), "registry.log");
    assertThat(registry.pid()).isEqualTo(-1);
  }

  private static void failsNaming(Part part, int port, String log) throws Exception {
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName(Ports.LOOPBACK))) {
      PartFailure failure = catchThrowableOfType(PartFailure.class, part::start);
      part.close();
      assertThat(failure).isNotNull();
      assertThat(failure.getMessage())
          .startsWith(part.name() + ": ")
          .contains(String.valueOf(other.getLocalPort()), log)
          .doesNotContain("\n", "Exception");
    }
  }
}
