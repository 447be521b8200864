package io.tocsin.history;

import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cleanup;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * State topics as Avro files, which carry their schema: ids of a registry would mean nothing to
 * another. Of a compacted topic the newest record of each key, in the order of the topic.
 */
final class StateExport {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Cluster cluster;
  private final Clock clock;
  private final Path directory;
  private final Instant cut;

  /** What each group has dealt with is counted down to these files' records. */
  private final Map<String, Map<String, Long>> places;

  private final Map<String, Map<String, Long>> dealtWith = new TreeMap<>();

  /**
   * An export.
   *
   * @param cut of what the alerting job wrote, nothing later than this; null for all
   * @param places offsets by group and topic
   */
  StateExport(
      Cluster cluster,
      Clock clock,
      Path directory,
      Instant cut,
      Map<String, Map<String, Long>> places) {
    this.cluster = cluster;
    this.clock = clock;
    this.directory = directory;
    this.cut = cut;
    this.places = places;
  }

  List<BackupManifest.Entry> write() throws IOException {
    List<BackupManifest.Entry> entries = new ArrayList<>();
    for (Topic<?> topic : StateTopics.ALL) {
      Path file = directory.resolve(BackupManifest.fileOf(topic));
      Collection<Received<?>> records = records(topic);
      count(topic, records);
      write(topic, records, file);
      entries.add(BackupManifest.entry(file, topic.name(), records.size()));
    }
    return entries;
  }

  /** How many of a topic's records each group has dealt with; after {@link #write}. */
  Map<String, Map<String, Long>> dealtWith() {
    return dealtWith;
  }

  private void count(Topic<?> topic, Collection<Received<?>> records) {
    places.forEach(
        (group, offsets) -> {
          Long next = offsets.get(topic.name());
          if (next != null) {
            long before =
                records.stream().filter(record -> record.origin().offset() < next).count();
            dealtWith.computeIfAbsent(group, none -> new TreeMap<>()).put(topic.name(), before);
          }
        });
  }

  private Collection<Received<?>> records(Topic<?> topic) {
    List<Received<?>> all = new ArrayList<>();
    Map<String, Received<?>> newest = new LinkedHashMap<>();
    boolean isTable = topic.cleanup() != Cleanup.DELETE;
    try (TopicReader reader = TopicReader.fromBeginning(cluster, "backup", clock, Set.of(topic))) {
      do {
        for (Received<?> record : reader.poll(POLL)) {
          if (isLater(topic, record) || isSession(record)) {
            continue;
          }
          if (!isTable) {
            all.add(record);
          } else {
            newest.remove(record.key()); // so that the order is that of the newest
            if (record.value() != null) {
              newest.put(record.key(), record);
            }
          }
        }
      } while (reader.lag() > 0);
    }
    return isTable ? newest.values() : all;
  }

  private boolean isLater(Topic<?> topic, Received<?> record) {
    return cut != null && StateTopics.OF_THE_JOB.contains(topic) && record.at().isAfter(cut);
  }

  /** Who is signed in signs in again; a token has to be made and handed over. */
  private static boolean isSession(Received<?> record) {
    return record
        .as(Topics.ACCESS)
        .filter(access -> access.getKind() == AccessKind.SESSION)
        .isPresent();
  }

  private static void write(Topic<?> topic, Collection<Received<?>> records, Path file)
      throws IOException {
    Schema schema = SpecificData.get().getSchema(topic.valueType());
    try (DataFileWriter<SpecificRecord> out =
        new DataFileWriter<>(new SpecificDatumWriter<SpecificRecord>(schema))) {
      out.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
      out.create(schema, file.toFile());
      for (Received<?> record : records) {
        out.append(record.value());
      }
    }
  }
}
