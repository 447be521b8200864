package io.tocsin.history;

import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes the records of one topic back into it. The topic has to be empty, or to begin with the
 * same records, which an earlier restore that was interrupted has left: it then goes on after them.
 */
final class StateImport<V extends SpecificRecord> {

  private static final Duration POLL = Duration.ofMillis(200);

  /** So many are on their way at a time. */
  private static final int BATCH = 1_000;

  private final Topic<V> topic;
  private final Path file;
  private final UnaryOperator<V> change;
  private long there;
  private long records;

  /**
   * An import; nothing is read yet.
   *
   * @param change of each record on its way
   */
  StateImport(Topic<V> topic, Path file, UnaryOperator<V> change) {
    this.topic = topic;
    this.file = file;
    this.change = change;
  }

  /**
   * Reads the whole file, and what the topic has; writes nothing.
   *
   * @throws HistoryException if the file cannot be read, or the topic has other records
   */
  void check(Cluster cluster, Clock clock) throws HistoryException, IOException {
    try (DataFileReader<V> in = open();
        TopicReader reader = TopicReader.fromBeginning(cluster, "restore", clock, Set.of(topic))) {
      do {
        for (Received<?> record : reader.poll(POLL)) {
          if (!in.hasNext() || !change.apply(in.next()).equals(record.value())) {
            throw new HistoryException(
                topic
                    + " has records that are not of this backup, such as "
                    + record.place()
                    + "; a restore goes into an empty cluster whose stages have not been started,"
                    + " and --history-only leaves topics alone. Nothing was restored",
                null);
          }
          there++;
        }
      } while (reader.lag() > 0);
      records = there;
      while (in.hasNext()) {
        in.next();
        records++;
      }
    } catch (IOException | AvroRuntimeException broken) {
      throw new HistoryException(
          file + " cannot be read: " + broken.getMessage() + "; nothing was restored", broken);
    }
  }

  /**
   * Writes what is not there yet; after {@link #check}.
   *
   * @return records that the topic has now
   */
  long write(TopicWriter writer) throws HistoryException, IOException {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    try (DataFileReader<V> in = open()) {
      for (long each = 0; in.hasNext(); each++) {
        V value = change.apply(in.next());
        if (each >= there) {
          sent.add(writer.send(topic, value));
        }
        if (sent.size() == BATCH) {
          acknowledged(sent);
        }
      }
      acknowledged(sent);
      return records;
    } catch (CompletionException lost) {
      throw new HistoryException(
          topic
              + " did not take a record: "
              + lost.getCause().getMessage()
              + "; restore again, it goes on where it was",
          lost);
    }
  }

  private static void acknowledged(List<CompletableFuture<?>> sent) {
    sent.forEach(CompletableFuture::join);
    sent.clear();
  }

  private DataFileReader<V> open() throws IOException {
    return new DataFileReader<>(
        file.toFile(), new SpecificDatumReader<>(SpecificData.get().getSchema(topic.valueType())));
  }
}
