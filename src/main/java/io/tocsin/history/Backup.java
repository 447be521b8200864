package io.tocsin.history;

import io.tocsin.embedded.JobFiles;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * History and state in a directory, and back again. The manifest is written last, so that a backup
 * that was cut short is none.
 */
public final class Backup {

  private final Cluster cluster;
  private final HistoryPlace place;
  private final JobPlace job;
  private final Clock clock;

  /**
   * Of what is on a cluster and at a place.
   *
   * @param job where the alerting job keeps its state
   */
  public Backup(Cluster cluster, HistoryPlace place, JobPlace job, Clock clock) {
    this.cluster = cluster;
    this.place = place;
    this.job = job;
    this.clock = clock;
  }

  /**
   * Makes one.
   *
   * @param directory must not be there yet; only its owner can read it
   * @param told what is done, a line each
   * @throws HistoryException in words for people
   */
  public void write(Path directory, Consumer<String> told) throws HistoryException, IOException {
    String madeAt = clock.instant().toString();
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException there) {
      throw new HistoryException(directory + " is there already; name a new directory", there);
    }
    // First how far the stages are: what they deal with from here on, they deal with again, and
    // know it by its id.
    Map<String, Map<String, Long>> places = new GroupPlaces(cluster).read();
    List<BackupManifest.Entry> ofJob = new ArrayList<>();
    JobMoment.Moment moment = new JobMoment(cluster, job, clock).find().orElse(null);
    if (moment != null) {
      for (Path file : JobFiles.copy(moment.kept(), directory, BackupManifest.JOB)) {
        ofJob.add(BackupManifest.entry(file, "alerting's state", 1));
      }
      told.accept(BackupManifest.line(ofJob.size(), "files of alerting's state"));
    }
    List<BackupManifest.Entry> entries = new ArrayList<>();
    StateExport state =
        new StateExport(cluster, clock, directory, moment == null ? null : moment.cut(), places);
    entries.addAll(state.write());
    entries.addAll(place.export(directory, clock));
    entries.forEach(each -> told.accept(BackupManifest.line(each.count(), each.what())));
    entries.addAll(ofJob);
    new BackupManifest(
            BackupManifest.VERSION,
            madeAt,
            entries,
            moment == null ? null : moment.kept().number(),
            state.dealtWith())
        .write(directory);
    warn(moment, told);
  }

  private static void warn(JobMoment.Moment moment, Consumer<String> told) {
    if (moment == null) {
      told.accept("without alerting's own state, as was wished: a restore closes what is open now");
    } else if (!moment.exact()) {
      told.accept(
          "incidents changed all the while: what changed around "
              + moment.cut()
              + " may be restored as it was a second before");
    }
  }

  /**
   * Reads all files of a backup; asks nobody else.
   *
   * @throws HistoryException in words for people, if it is none, or a damaged one
   */
  public static void requireIntact(Path directory) throws HistoryException, IOException {
    BackupManifest.checked(directory);
  }

  /**
   * Writes history and state back, into an empty cluster whose stages have not been started.
   *
   * @throws HistoryException in words for people; nothing was written if the backup is damaged, or
   *     the cluster is not empty. An interrupted restore goes on when it is done again
   */
  public void restore(Path directory, Consumer<String> told) throws HistoryException, IOException {
    BackupManifest manifest = BackupManifest.checked(directory);
    StateRestore state = new StateRestore(cluster, clock, directory, manifest, job);
    state.check();
    state.write(told);
    history(directory, manifest, told);
  }

  /**
   * Writes history alone back, beside what is there.
   *
   * @throws HistoryException in words for people; nothing was written if the backup is damaged
   */
  public void restoreHistory(Path directory, Consumer<String> told)
      throws HistoryException, IOException {
    history(directory, BackupManifest.checked(directory), told);
  }

  private void history(Path directory, BackupManifest manifest, Consumer<String> told)
      throws HistoryException, IOException {
    place.prepare();
    try (PointStore points = place.points()) {
      HistoryImport history = new HistoryImport(points, clock);
      for (BackupManifest.Entry entry : manifest.files()) {
        if (entry.name().endsWith(".line.gz")) {
          long old = history.read(directory.resolve(entry.name()), entry.what());
          told.accept(
              BackupManifest.line(entry.count() - old, entry.what())
                  + (old == 0 ? "" : "; %,d more are older than they are kept".formatted(old)));
        }
      }
    }
  }
}
