package io.tocsin.history;

import io.tocsin.embedded.JobFiles;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;

/**
 * Topics, the places of the stages in them, and what alerting knows, from a backup: looked at
 * first, and written only if all of it can be.
 *
 * <p>Where the backup has no state of alerting, incidents that were open are closed: nobody would
 * ever tell that they are over. What still is wrong opens anew.
 */
final class StateRestore {

  private static final String WITHOUT_STATE =
      "closed by a restore of a backup without alerting's own state";

  private final Cluster cluster;
  private final Clock clock;
  private final Path directory;
  private final BackupManifest manifest;
  private final JobPlace job;
  private final Map<Topic<?>, StateImport<?>> imports = new LinkedHashMap<>();

  StateRestore(
      Cluster cluster, Clock clock, Path directory, BackupManifest manifest, JobPlace job) {
    this.cluster = cluster;
    this.clock = clock;
    this.directory = directory;
    this.manifest = manifest;
    this.job = job;
  }

  /**
   * Reads all of it, and writes nothing.
   *
   * @throws HistoryException if something cannot be read or is in the way
   */
  void check() throws HistoryException, IOException {
    for (Topic<?> topic : StateTopics.ALL) {
      if (manifest.files().stream().anyMatch(f -> f.name().equals(BackupManifest.fileOf(topic)))) {
        StateImport<?> each = importOf(topic);
        each.check(cluster, clock);
        imports.put(topic, each);
      }
    }
  }

  /** Writes it; a second time nothing is left to be written. */
  void write(Consumer<String> told) throws HistoryException, IOException {
    try (TopicWriter writer = TopicWriter.patient(cluster, "tocsin-restore")) {
      for (Map.Entry<Topic<?>, StateImport<?>> each : imports.entrySet()) {
        told.accept(BackupManifest.line(each.getValue().write(writer), each.getKey().name()));
      }
    }
    new GroupPlaces(cluster).write(places());
    if (isWithoutState()) {
      told.accept(
          "   left out    alerting's own state: what was open is closed, and opens anew where it"
              + " still is wrong");
    } else {
      putBack(told);
    }
  }

  private boolean isWithoutState() {
    return manifest.job() == null || job instanceof JobPlace.None;
  }

  /** An alerting that knows nothing reads all that it was told: silences are among it. */
  private Map<String, Map<String, Long>> places() {
    Map<String, Map<String, Long>> places = new TreeMap<>(manifest.dealtWith());
    if (isWithoutState()) {
      places.remove(StateTopics.ALERTING);
    }
    return places;
  }

  private void putBack(Consumer<String> told) throws IOException {
    List<Path> files = jobFiles();
    String done = BackupManifest.line(files.size(), "files of alerting's state");
    if (job instanceof JobPlace.Here here) {
      here.files().putBack(files, BackupManifest.JOB, manifest.job(), manifest.fingerprint());
      told.accept(done);
    } else if (job instanceof JobPlace.Savepoint savepoint) {
      JobFiles.putInto(Files.createDirectories(savepoint.directory()), files, BackupManifest.JOB);
      told.accept(
          done + "; start it by: tocsin alerting --from-savepoint " + savepoint.directory());
    }
  }

  /** The files of alerting's state, in the backup. */
  List<Path> jobFiles() {
    return manifest.files().stream()
        .map(BackupManifest.Entry::name)
        .filter(name -> name.startsWith(BackupManifest.JOB))
        .map(directory::resolve)
        .toList();
  }

  private <V extends SpecificRecord> StateImport<V> importOf(Topic<V> topic) {
    Path file = directory.resolve(BackupManifest.fileOf(topic));
    UnaryOperator<V> change = UnaryOperator.identity();
    if (isWithoutState() && topic.name().equals(Topics.INCIDENTS.name())) {
      // As records keep it, so that the same comes out when the restore is done again.
      Instant at = Instant.parse(manifest.madeAt()).truncatedTo(ChronoUnit.MILLIS);
      change = value -> topic.valueType().cast(closed((Incident) value, at));
    }
    return new StateImport<>(topic, file, change);
  }

  private static Incident closed(Incident incident, Instant at) {
    return incident.getState() == IncidentState.RESOLVED
        ? incident
        : Incident.newBuilder(incident)
            .setState(IncidentState.RESOLVED)
            .setVersion(incident.getVersion() + 1)
            .setResolvedAt(at)
            .setUpdatedAt(at)
            .setEvidence(List.of(WITHOUT_STATE))
            .build();
  }
}
