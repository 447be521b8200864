package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RegistryComesBackITCase {

  @TempDir Path temp;

  @Test
  void aKilledRegistryIsStartedAgainWithTheIdsItGaveUntilItDiesTooOften() throws Exception {
    DataDirectory data = new DataDirectory(temp);
    data.create();
    List<PartFailure> deaths = new CopyOnWriteArrayList<>();
    try (EmbeddedRegistry registry =
        new EmbeddedRegistry(
            EmbeddedPartsITCase.distribution(), data, Ports.free().registry(), deaths::add, 1)) {
      registry.start();
      Cluster cluster = new Cluster("none", registry.address());
      var ids = new SchemaRegistration(cluster).registerAll();
      long killed = kill(registry);

      // Not first until it is away: who stands still in between sees it only when it is back.
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> registry.isRunning() && registry.pid() != killed);
      assertThat(new SchemaRegistration(cluster).registerAll()).isEqualTo(ids);
      assertThat(deaths).isEmpty();

      kill(registry);

      await().atMost(Duration.ofSeconds(60)).until(() -> !deaths.isEmpty());
      assertThat(deaths.get(0)).hasMessageContainingAll("restarted too often", "registry.log");
    }
  }

  private static long kill(EmbeddedRegistry registry) {
    long pid = registry.pid();
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    return pid;
  }
}
