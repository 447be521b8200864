package io.tocsin.collectors.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills a process that writes to a spool, with SIGKILL at a random moment, again and again on the
 * same directory: 10 times, or {@code -Dtocsin.trial.kills}. {@code -Dtocsin.trial.seed} repeats a
 * trial's draws.
 */
class SpoolKillTrialITCase {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolKillTrialITCase.class);

  @TempDir Path temp;
  private long committed;
  private long synced;
  private long acknowledged;

  @Test
  void noKillLosesWhatWasCommitted() throws Exception {
    int kills = Integer.getInteger("tocsin.trial.kills", 10);
    long seed = Long.getLong("tocsin.trial.seed", System.nanoTime());
    LOG.info("{} kills, seed {}", kills, seed);
    Random random = new Random(seed);
    SpoolFixture fixture = new SpoolFixture(temp.resolve("spool"));
    fixture.limits = SpoolWriterProcess.LIMITS;
    for (int kill = 0; kill < kills; kill++) {
      writeUntilKilled(random);
      try (Spool spool = fixture.open()) {
        List<Long> read = SpoolFixture.read(spool);
        long end = spool.next();
        String when = "kill " + kill + ", seed " + seed;
        assertThat(end).as(when).isGreaterThanOrEqualTo(Math.max(committed, synced));
        assertThat(fixture.lost).as(when).isEmpty();
        if (!read.isEmpty()) {
          assertThat(read.get(0)).as(when).isLessThanOrEqualTo(acknowledged);
        }
        long first = read.isEmpty() ? end : read.get(0);
        assertThat(read).as(when).isEqualTo(SpoolTest.sequences(first, end));
      }
    }
    LOG.info("{} kills, {} records, {} acknowledged", kills, committed, acknowledged);
    assertThat(committed).isPositive();
  }

  private void writeUntilKilled(Random random) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tocsin.schemas",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolWriterProcess.class.getName(),
                temp.resolve("spool").toString(),
                Long.toString(random.nextLong()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = process.inputReader()) {
      // The first word means that it writes; then it has up to 200 ms to live.
      note(said.readLine());
      Thread killer =
          new Thread(
              () -> {
                try {
                  TimeUnit.MICROSECONDS.sleep(random.nextInt(200_000));
                } catch (InterruptedException atOnce) {
                  Thread.currentThread().interrupt();
                }
                // By its handle: the process itself would close what it said last along with it.
                process.toHandle().destroyForcibly();
              });
      killer.start();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        note(line);
      }
      killer.join();
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void note(String line) {
    if (line == null || !line.matches("[CSA] \\d+")) {
      // Cut short by the kill, or a word of the logger's.
      return;
    }
    long number = Long.parseLong(line.substring(2));
    switch (line.charAt(0)) {
      case 'C' -> committed = number;
      case 'S' -> synced = number;
      default -> acknowledged = Math.max(acknowledged, number);
    }
  }
}
