package io.tocsin.history;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * History and state in a directory, and back again. The manifest is written last, so that a backup
 * that was cut short is none.
 */
public final class Backup {

  private static final int BATCH = 5_000;

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
    if (place instanceof HistoryAddress questDb) {
      try {
        entries.addAll(new HistoryExport(questDb, directory).write());
      } catch (SQLException refused) {
        throw new HistoryException(
            "history at " + questDb.jdbcUrl() + " cannot be read: " + refused.getMessage(),
            refused);
      }
    } else {
      told.accept("history is in InfluxDB and is left to its own backup; only state is kept here");
    }
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
      for (BackupManifest.Entry entry : manifest.files()) {
        if (entry.name().endsWith(".line.gz")) {
          lines(directory.resolve(entry.name()), points);
          told.accept("%,12d  %s".formatted(entry.count(), entry.what()));
        }
      }
    }
  }

  private static void lines(Path file, PointStore points) throws HistoryException, IOException {
    List<String> batch = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isEmpty()) {
          batch.add(line);
        }
        if (batch.size() == BATCH) {
          send(file, batch, points);
          batch.clear();
        }
      }
    }
    send(file, batch, points);
  }

  private static void send(Path file, List<String> batch, PointStore points)
      throws HistoryException {
    if (batch.isEmpty()) {
      return;
    }
    PointStore.Answer answer = points.write(batch);
    if (answer instanceof PointStore.Answer.Refused no) {
      throw new HistoryException("history refused rows of " + file + ": " + no.reason(), null);
    }
    if (answer instanceof PointStore.Answer.Unavailable away) {
      throw new HistoryException(
          "history went away midway: " + away.reason() + "; restore again when it is back", null);
    }
  }
}
