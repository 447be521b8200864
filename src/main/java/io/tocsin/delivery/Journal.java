package io.tocsin.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What rollouts of a plan decided and did: JSON, a line each, appended and on disk before what it
 * announces begins. Whoever holds it is the only one to roll out by this plan on this machine: the
 * kernel drops the lock with the process, however it ends.
 */
public final class Journal implements AutoCloseable {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final FileChannel lock;
  private final FileChannel file;
  private final List<Entry> entries;
  private final Consumer<Entry> also;

  private Journal(FileChannel lock, FileChannel file, List<Entry> entries, Consumer<Entry> also) {
    this.lock = lock;
    this.file = file;
    this.entries = entries;
    this.also = also;
  }

  /**
   * Takes the journal in a directory, which is made.
   *
   * @param also told of each entry once it is written
   * @return empty if somebody else has it
   * @throws IOException if it cannot be read or written, or a line of it is none of ours
   */
  public static Optional<Journal> take(Path directory, Consumer<Entry> also) throws IOException {
    Files.createDirectories(directory);
    FileChannel lock =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isOurs(lock)) {
      lock.close();
      return Optional.empty();
    }
    lock.truncate(0);
    lock.write(ascii(ProcessHandle.current().pid() + "\n"), 0);
    Path path = file(directory);
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    List<Entry> entries = new ArrayList<>();
    file.truncate(read(path, entries));
    file.position(file.size());
    return Optional.of(new Journal(lock, file, entries, also));
  }

  private static boolean isOurs(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException heldHere) {
      return false;
    }
  }

  /** The process that holds it, for people; "unknown" if it does not say. */
  public static String holder(Path directory) {
    try {
      String pid = Files.readString(directory.resolve("lock")).strip();
      return pid.matches("\\d{1,19}") ? pid : "unknown";
    } catch (IOException gone) {
      return "unknown";
    }
  }

  /** Where it is written. */
  public static Path file(Path directory) {
    return directory.resolve("rollout.jsonl");
  }

  /** Reads whole lines; the length of these, as a crash may have left half of one behind them. */
  private static long read(Path path, List<Entry> entries) throws IOException {
    String text = Files.readString(path);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    int number = 0;
    for (String line : whole.lines().toList()) {
      number++;
      try {
        entries.add(JSON.readValue(line, Entry.class));
      } catch (JsonProcessingException foreign) {
        throw new IOException(
            path + ":" + number + " is no line of this journal; move the file away", foreign);
      }
    }
    return whole.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A line as it is written. */
  public static String line(Entry entry) {
    try {
      return JSON.writeValueAsString(entry);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("not printable as JSON: " + entry, broken);
    }
  }

  /** All entries, oldest first. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /**
   * Writes an entry to disk.
   *
   * @throws IOException if it cannot; then nothing that it announces may begin
   */
  public void append(Entry entry) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(true);
    entries.add(entry);
    also.accept(entry);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    file.close();
    lock.close();
  }
}
