package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Containers are killed one after the other, each once so that none flaps, and the whole pipeline
 * brings them back. For a long trial: {@code -Dtocsin.trial.rounds=30}. The time from the kill to
 * the health check that proves it is printed; the project's promise is a probe interval and two
 * seconds at the 95th percentile.
 */
class ContainerHealingITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ROUNDS = Integer.getInteger("tocsin.trial.rounds", 2);

  @TempDir Path directory;
  private final Clock clock = Clock.systemUTC();
  private final String prefix = "tocsin-heal-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  private final List<Integer> ports = TestInstallation.freePorts(ROUNDS);

  @BeforeEach
  void container() throws Exception {
    RealPart.need("Docker", "install docker.io and start dockerd", "docker", "version");
    RealPart.need("busybox", "install busybox-static", "/bin/busybox", "true");
    RealPart.run(
        "sh",
        "-c",
        "rm -rf "
            + directory.resolve("root")
            + " && mkdir -p "
            + directory.resolve("root/bin")
            + " && cp /bin/busybox "
            + directory.resolve("root/bin/")
            + " && tar -C "
            + directory.resolve("root")
            + " -c . | docker import - tocsin-test/heal:1");
    for (int i = 0; i < ROUNDS; i++) {
      RealPart.run(
          "docker",
          "run",
          "-d",
          "--name",
          name(i),
          "--network",
          "host",
          "tocsin-test/heal:1",
          "/bin/busybox",
          "httpd",
          "-f",
          "-p",
          "127.0.0.1:" + ports.get(i));
    }
  }

  private String name(int i) {
    return prefix + i;
  }

  @AfterEach
  void remove() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      new ProcessBuilder("docker", "rm", "-f", name(i)).start().waitFor();
    }
  }

  @Test
  void aKilledContainerIsStartedAgainAndProvedHealthy() throws Exception {
    TestInstallation installation = new TestInstallation(directory);
    StringBuilder checks = new StringBuilder();
    StringBuilder targets = new StringBuilder();
    for (int i = 0; i < ROUNDS; i++) {
      checks.append(
          "  - {id: shop-%d, service: shop, tier: core, interval: 1s, timeout: 300ms, tcp: {host: 127.0.0.1, port: %d}}%n"
              .formatted(i, ports.get(i)));
      targets.append("%sendpoint/shop-%d: %s".formatted(i == 0 ? "" : ", ", i, name(i)));
    }
    installation.configure(
        """
        checks:
        %s
        rules:
          - {name: service-down, signal: health, clear-for: 1s, summary: "{resource} is {health}"}
        healing:
          mode: auto
          rate: {actions: 1000, within: 10m}
          actions:
            - name: restart-shop
              does: {docker: {operation: restart}}
              targets: {%s}
              cooldown: 0s
              max-attempts: 100
              verify: {by: probes, healthy-probes: 1, within: 20s}
        """
            .formatted(checks, targets));
    Trial trial = new Trial("container killed to verified healthy");
    try (TocsinProcess process = installation.up();
        HealResults results = new HealResults(installation.cluster())) {
      for (int round = 0; round < ROUNDS; round++) {
        await().atMost(PATIENCE).until(() -> installation.get("/api/v1/incidents").isEmpty());
        TimeUnit.MILLISECONDS.sleep(1_500 + 137L * (round % 7));
        Instant killedAt = clock.instant();
        RealPart.run("docker", "kill", "--signal", "KILL", name(round));
        await(process.report())
            .atMost(PATIENCE)
            .until(() -> results.first("restart-shop", HealOutcome.VERIFIED, killedAt).isPresent());
        HealResult verified =
            results.first("restart-shop", HealOutcome.VERIFIED, killedAt).orElseThrow();
        trial.add(Duration.between(killedAt, verified.getAt()));
      }
      System.out.println(trial.report());
      for (int i = 0; i < ROUNDS; i++) {
        assertThat(RealPart.run("docker", "inspect", "-f", "{{.State.Running}}", name(i)))
            .isEqualTo("true");
      }
    }
  }
}
