package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.collectors.parts.RealPart;
import io.tocsin.collectors.spool.SpoolConfig;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A spool on a real file system of 4 MiB that is smaller than its cap. */
@Timeout(120)
class FullDiskITCase {

  private Path small;
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    small = Files.createTempDirectory("tocsin-small");
    mounted = runs("mount", "-t", "tmpfs", "-o", "size=4m", "tocsin-test", small.toString());
    RealPart.need(
        "a small file system",
        mounted ? Optional.empty() : Optional.of("a tmpfs cannot be mounted; run as root"));
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      runs("umount", small.toString());
    }
    Files.deleteIfExists(small);
  }

  private static boolean runs(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  @Test
  void whenTheDiskIsFullMemoryTakesOverAndEveryLossIsCounted() {
    int records = 80_000;
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Counts counts = new Counts(meters);
    ModelPublisher publisher = new ModelPublisher();
    publisher.refusal = sequence -> new TimeoutException("the broker is away");
    SpooledOutbox outbox =
        new SpooledOutbox(
            new SpoolConfig(small.resolve("spool"), 64, 1, null),
            publisher,
            Clock.systemUTC(),
            Ticker.system(),
            counts);
    outbox.start();
    put(outbox, 0, records);
    await().until(() -> count(meters, "tocsin.collectors.spool.failed") > 0);
    await().until(() -> count(meters, "tocsin.collectors.dropped") > 0);

    publisher.refusal = sequence -> null;

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> publisher.taken().contains((long) records - 1));
    Set<Long> taken = new LinkedHashSet<>(publisher.taken());
    assertThat(taken.size() + count(meters, "tocsin.collectors.dropped")).isEqualTo(records);
    assertThat(taken.stream().toList()).isSorted();

    // With the broker back there is room again, and the disk is used again.
    publisher.refusal = sequence -> new TimeoutException("the broker is away again");
    await().atMost(Duration.ofSeconds(20)).until(() -> outbox.fill().spoolBytes() < 2 << 20);
    put(outbox, records, records + 100);
    await().atMost(Duration.ofSeconds(20)).until(() -> outbox.fill().spooled() >= 100);
    outbox.close();
  }

  private static void put(SpooledOutbox outbox, long from, long to) {
    for (long sequence = from; sequence < to; sequence++) {
      Probe probe = Examples.probe(Health.UP, Examples.NOON);
      probe.setOrigin(Examples.origin(sequence));
      outbox.put(Topics.PROBES, probe);
    }
  }

  private static double count(SimpleMeterRegistry meters, String name) {
    return meters.find(name).counters().stream().mapToDouble(counter -> counter.count()).sum();
  }
}
