package io.tocsin.history;

import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cleanup;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * State topics as Avro files, which carry their schema: ids of a registry would mean nothing to
 * another. Of a compacted topic the newest record of each key, in the order in which keys came.
 */
final class StateExport {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Cluster cluster;
  private final Clock clock;
  private final Path directory;

  StateExport(Cluster cluster, Clock clock, Path directory) {
    this.cluster = cluster;
    this.clock = clock;
    this.directory = directory;
  }

  List<BackupManifest.Entry> write() throws IOException {
    List<BackupManifest.Entry> entries = new ArrayList<>();
    for (Topic<?> topic : StateTopics.ALL) {
      Path file = directory.resolve("state-" + topic.name() + ".avro");
      Collection<SpecificRecord> records = records(topic);
      write(topic, records, file);
      entries.add(BackupManifest.entry(file, topic.name(), records.size()));
    }
    return entries;
  }

  private Collection<SpecificRecord> records(Topic<?> topic) {
    List<SpecificRecord> all = new ArrayList<>();
    Map<String, SpecificRecord> newest = new LinkedHashMap<>();
    boolean isTable = topic.cleanup() != Cleanup.DELETE;
    try (TopicReader reader = TopicReader.fromBeginning(cluster, "backup", clock, Set.of(topic))) {
      do {
        for (Received<?> record : reader.poll(POLL)) {
          if (!isTable) {
            all.add(record.value());
          } else if (record.value() == null) {
            newest.remove(record.key());
          } else {
            newest.put(record.key(), record.value());
          }
        }
      } while (reader.lag() > 0);
    }
    return isTable ? newest.values() : all;
  }

  private static void write(Topic<?> topic, Collection<SpecificRecord> records, Path file)
      throws IOException {
    Schema schema = SpecificData.get().getSchema(topic.valueType());
    try (DataFileWriter<SpecificRecord> out =
        new DataFileWriter<>(new SpecificDatumWriter<SpecificRecord>(schema))) {
      out.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
      out.create(schema, file.toFile());
      for (SpecificRecord record : records) {
        out.append(record);
      }
    }
  }
}
