package io.tocsin.history;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * History and state in a directory, and back again. The manifest is written last, so that a backup
 * that was cut short is none.
 */
public final class Backup {

  private final Cluster cluster;
  private final HistoryPlace place;
  private final Clock clock;

  /** Of what is on a cluster and at a place. */
  public Backup(Cluster cluster, HistoryPlace place, Clock clock) {
    this.cluster = cluster;
    this.place = place;
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
    List<BackupManifest.Entry> entries =
        new ArrayList<>(new StateExport(cluster, clock, directory).write());
    entries.addAll(place.export(directory, clock));
    entries.forEach(each -> told.accept("%,12d  %s".formatted(each.count(), each.what())));
    new BackupManifest(BackupManifest.VERSION, madeAt, entries).write(directory);
  }

  /**
   * Writes one back.
   *
   * @throws HistoryException in words for people; nothing was written if the backup is damaged
   */
  public void restore(Path directory, Consumer<String> told) throws HistoryException, IOException {
    BackupManifest manifest = BackupManifest.checked(directory);
    StateImport state = new StateImport(cluster, clock);
    for (Topic<?> topic : StateTopics.ALL) {
      long records = state.read(topic, directory.resolve("state-" + topic.name() + ".avro"));
      told.accept(
          records < 0
              ? "   left alone  %s has records already".formatted(topic.name())
              : "%,12d  %s".formatted(records, topic.name()));
    }
    place.prepare();
    try (PointStore points = place.points()) {
      HistoryImport history = new HistoryImport(points, clock);
      for (BackupManifest.Entry entry : manifest.files()) {
        if (entry.name().endsWith(".line.gz")) {
          long old = history.read(directory.resolve(entry.name()), entry.what());
          told.accept(
              "%,12d  %s%s"
                  .formatted(
                      entry.count() - old,
                      entry.what(),
                      old == 0 ? "" : "; %,d more are older than they are kept".formatted(old)));
        }
      }
    }
  }
}
