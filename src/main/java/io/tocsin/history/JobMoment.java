package io.tocsin.history;

import io.tocsin.embedded.JobFiles;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds a moment at which what the alerting job has kept and what it has written say the same: a
 * checkpoint during which no incident changed. Where incidents change all the time, the last of
 * some tries is taken; the difference is then what changed while that checkpoint was written.
 */
final class JobMoment {

  private static final int TRIES = 4;

  /** Checkpoints are 10 s apart; one may take its time on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The clocks of broker and backup may differ by as much. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private static final Duration POLL = Duration.ofMillis(200);

  private final Cluster cluster;
  private final JobPlace place;
  private final Clock clock;

  JobMoment(Cluster cluster, JobPlace place, Clock clock) {
    this.cluster = cluster;
    this.place = place;
    this.clock = clock;
  }

  /**
   * Such a moment.
   *
   * @param kept what the job kept then
   * @param cut what it wrote later than this, that state does not know
   * @param exact whether nothing changed around it
   */
  record Moment(JobFiles.Kept kept, Instant cut, boolean exact) {}

  /**
   * Waits for one; empty if the job's state is out of reach.
   *
   * @throws HistoryException if the job makes no checkpoints, or a savepoint is none
   */
  Optional<Moment> find() throws HistoryException, IOException {
    if (place instanceof JobPlace.Here here) {
      Moment found = next(here.files());
      for (int each = 1; each < TRIES && !found.exact(); each++) {
        found = next(here.files());
      }
      return Optional.of(found);
    }
    return place instanceof JobPlace.Savepoint savepoint
        ? Optional.of(of(savepoint.directory()))
        : Optional.empty();
  }

  private Moment of(Path savepoint) throws HistoryException, IOException {
    Path metadata = savepoint.resolve("_metadata");
    if (!Files.isRegularFile(metadata)) {
      throw new HistoryException(
          savepoint + " is no savepoint of Flink's: it has no " + metadata.getFileName(), null);
    }
    // Flink writes the metadata last; the other files were begun with the savepoint.
    Instant end = Files.getLastModifiedTime(metadata).toInstant().plus(MARGIN);
    Instant cut = end;
    try (Stream<Path> files = Files.list(savepoint)) {
      for (Path file : files.toList()) {
        Instant written = Files.getLastModifiedTime(file).toInstant().minus(MARGIN);
        cut = written.isBefore(cut) ? written : cut;
      }
    }
    return new Moment(new JobFiles.Kept(1, savepoint), cut, !changedBetween(cut, end));
  }

  private Moment next(JobFiles files) throws HistoryException, IOException {
    long before = files.newestBegun();
    Instant end = clock.instant().plus(PATIENCE);
    Instant notBegun = clock.instant();
    while (files.newestBegun() <= before) {
      notBegun = pause(end);
    }
    Instant cut = notBegun.minus(MARGIN);
    while (files.newest().filter(kept -> kept.number() > before).isEmpty()) {
      pause(end);
    }
    JobFiles.Kept kept = files.newest().orElseThrow();
    return new Moment(kept, cut, !changedBetween(cut, clock.instant().plus(MARGIN)));
  }

  private Instant pause(Instant end) throws HistoryException {
    Instant now = clock.instant();
    if (now.isAfter(end)) {
      throw new HistoryException(
          "alerting has kept no state for "
              + PATIENCE.toMinutes()
              + " min, so that a backup would not go with what it knows: is it running here? See"
              + " logs/flink.log; name its --data-dir, or --job-state with a savepoint of its Flink"
              + " cluster, or --without-job-state",
          null);
    }
    try {
      TimeUnit.MILLISECONDS.sleep(20);
      return now;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new HistoryException("interrupted while waiting for alerting's state", stop);
    }
  }

  private boolean changedBetween(Instant from, Instant to) {
    try (TopicReader reader =
        TopicReader.fromBeginning(cluster, "backup", clock, Set.of(Topics.INCIDENTS))) {
      boolean changed = false;
      do {
        for (Received<?> record : reader.poll(POLL)) {
          changed |= !record.at().isBefore(from) && !record.at().isAfter(to);
        }
      } while (reader.lag() > 0);
      return changed;
    }
  }
}
