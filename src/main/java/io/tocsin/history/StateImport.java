package io.tocsin.history;

import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cleanup;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes state back to its topics. A table's record again is the same record; a topic that is a
 * history and has records already is left alone, as its records would be there twice.
 */
final class StateImport {

  private final Cluster cluster;
  private final Clock clock;

  StateImport(Cluster cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /**
   * Restores one topic.
   *
   * @return records written; -1 if the topic was left alone
   */
  long read(Topic<?> topic, Path file) throws IOException, HistoryException {
    if (topic.cleanup() == Cleanup.DELETE && isUsed(topic)) {
      return -1;
    }
    try (TopicWriter writer = TopicWriter.patient(cluster, "tocsin-restore")) {
      return write(topic, file, writer);
    } catch (CompletionException lost) {
      throw new HistoryException(
          topic + " did not take a record: " + lost.getCause().getMessage(), lost);
    }
  }

  private static <V extends SpecificRecord> long write(
      Topic<V> topic, Path file, TopicWriter writer) throws IOException {
    long records = 0;
    if (!Files.exists(file)) {
      return 0;
    }
    SpecificDatumReader<V> datum =
        new SpecificDatumReader<>(SpecificData.get().getSchema(topic.valueType()));
    try (DataFileReader<V> in = new DataFileReader<>(file.toFile(), datum)) {
      while (in.hasNext()) {
        writer.send(topic, in.next()).join();
        records++;
      }
    }
    return records;
  }

  private boolean isUsed(Topic<?> topic) {
    try (TopicReader reader = TopicReader.fromBeginning(cluster, "restore", clock, Set.of(topic))) {
      return !reader.poll(Duration.ofMillis(500)).isEmpty() || reader.lag() > 0;
    }
  }
}
