package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedFlinkITCase {

  @TempDir Path temp;
  private DataDirectory data;

  @BeforeEach
  void makeDirectory() throws Exception {
    data = new DataDirectory(temp);
    data.create();
  }

  @Test
  void aJobContinuesWhereItStopped() throws Exception {
    long stoppedAt = runUntil(500);
    try (EmbeddedFlink flink = started()) {
      assertThat(flink.submit("count", CountingJob.settings(), CountingJob::build).status())
          .isEqualTo("RUNNING");
      assertThat(firstCount()).isGreaterThan(400).isLessThanOrEqualTo(stoppedAt + 1);
    }
  }

  @Test
  void aDamagedNewestCheckpointIsPassedOverForTheOneBefore() throws Exception {
    long first = runUntil(500);
    runUntil(first + 1_000);
    NewestCheckpoint store = new NewestCheckpoint(data.checkpoints().resolve("count"));
    NewestCheckpoint.Checkpoint newest = store.complete().get(0);
    Files.write(newest.path().resolve("_metadata"), new byte[] {1, 2, 3});
    try (EmbeddedFlink flink = started()) {
      flink.submit("count", CountingJob.settings(), CountingJob::build);
      assertThat(firstCount()).isGreaterThan(400);
    }
    assertThat(store.complete()).extracting(c -> c.path()).doesNotContain(newest.path());
  }

  @Test
  void aJobThatCannotUseItsStateIsNotStartedWithoutIt() throws Exception {
    runUntil(500);
    List<NewestCheckpoint.Checkpoint> before =
        new NewestCheckpoint(data.checkpoints().resolve("count")).complete();
    try (EmbeddedFlink flink = started()) {
      assertThatThrownBy(
              () ->
                  flink.submit(
                      "count", CountingJob.settings(), env -> CountingJob.build(env, "renamed")))
          .isInstanceOf(PartFailure.class)
          .hasMessageContaining("job count cannot continue from any of its")
          .hasMessageContaining("move " + data.checkpoints().resolve("count"));
      assertThat(new NewestCheckpoint(data.checkpoints().resolve("count")).complete())
          .isEqualTo(before);
    }
  }

  @Test
  void aJobWhoseCheckpointsCanAllNotBeReadDoesNotForgetThem() throws Exception {
    runUntil(500);
    NewestCheckpoint store = new NewestCheckpoint(data.checkpoints().resolve("count"));
    for (NewestCheckpoint.Checkpoint each : store.complete()) {
      Files.write(each.path().resolve("_metadata"), new byte[] {1, 2, 3});
    }
    try (EmbeddedFlink flink = started()) {
      assertThatThrownBy(() -> flink.submit("count", CountingJob.settings(), CountingJob::build))
          .isInstanceOf(PartFailure.class)
          .hasMessageContaining("another version has written or which is damaged")
          .hasMessageContaining("move " + data.checkpoints());
    }
  }

  @Test
  void aJobDoesNotForgetWhatAVersionThatCalledItOtherwiseHasKept() throws Exception {
    runUntil(500);
    try (EmbeddedFlink flink = started()) {
      assertThatThrownBy(() -> flink.submit("count-2", CountingJob.settings(), CountingJob::build))
          .isInstanceOf(PartFailure.class)
          .hasMessageContaining(data.checkpoints().resolve("count").toString());
      assertThat(flink.submit("another", CountingJob.settings(), CountingJob::build).status())
          .isEqualTo("RUNNING");
    }
  }

  @Test
  void aJobNameThatCouldLeaveTheDirectoryIsRefused() throws Exception {
    try (EmbeddedFlink flink = started()) {
      assertThatThrownBy(
              () -> flink.submit("../../etc", CountingJob.settings(), CountingJob::build))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Runs the job until it has counted that far, stops it, and returns the count then. */
  private long runUntil(long count) throws Exception {
    try (EmbeddedFlink flink = started()) {
      flink.submit("count", CountingJob.settings(), CountingJob::build);
      await().atMost(Duration.ofSeconds(30)).until(() -> CountingJob.NEWEST.get() >= count);
      // The stop waits 2 s for a last checkpoint and goes on without; one from here on will do.
      JobFiles files = new JobFiles(data, "count");
      long begun = files.newestBegun();
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions() // older ones are removed meanwhile
          .until(() -> files.newest().filter(kept -> kept.number() > begun).isPresent());
    }
    return CountingJob.NEWEST.get();
  }

  private static long firstCount() {
    return await().atMost(Duration.ofSeconds(30)).until(CountingJob.FIRST::get, first -> first > 0);
  }

  private EmbeddedFlink started() throws Exception {
    EmbeddedFlink flink = new EmbeddedFlink(data, 2);
    flink.start();
    return flink;
  }
}
