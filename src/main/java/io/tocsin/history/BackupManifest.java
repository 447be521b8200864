package io.tocsin.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.schemas.topic.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What a backup holds.
 *
 * @param version of the form of backups
 * @param madeAt when it was begun
 * @param files what was written
 * @param job the number of the checkpoint in which alerting kept its state; null if it is not in
 *     here
 * @param dealtWith how many of a topic's records a group had dealt with, by group and topic
 */
record BackupManifest(
    int version,
    String madeAt,
    List<Entry> files,
    Long job,
    Map<String, Map<String, Long>> dealtWith) {

  /** From 2 on with alerting's state. */
  static final int VERSION = 2;

  /** Files of alerting's state begin so. */
  static final String JOB = "job-";

  private static final String NAME = "manifest.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A file.
   *
   * @param name within the backup
   * @param what table or topic
   * @param count rows or records
   * @param sha256 of the file
   */
  record Entry(String name, String what, long count, String sha256) {}

  BackupManifest {
    dealtWith = dealtWith == null ? Map.of() : dealtWith;
  }

  /** The file of a topic's records. */
  static String fileOf(Topic<?> topic) {
    return "state-" + topic.name() + ".avro";
  }

  /** A line for people: how many of what. */
  static String line(long count, String what) {
    return "%,12d  %s".formatted(count, what);
  }

  /** A number that stands for all that is in it, 32 hexadecimal digits. */
  String fingerprint() {
    MessageDigest digest = digest();
    files.forEach(file -> digest.update(file.sha256.getBytes(StandardCharsets.US_ASCII)));
    return HexFormat.of().formatHex(digest.digest()).substring(0, 32);
  }

  void write(Path directory) throws IOException {
    Files.writeString(
        directory.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
  }

  /**
   * The manifest of a backup whose files are all as they were written.
   *
   * @throws HistoryException in words for people, if it is no backup, or a damaged one
   */
  static BackupManifest checked(Path directory) throws HistoryException, IOException {
    BackupManifest manifest = read(directory);
    for (Entry entry : manifest.files) {
      if (entry.name == null || !entry.name.matches("[a-z0-9_.-]+")) {
        throw new HistoryException(directory + ": the manifest names no file of a backup", null);
      }
      Path file = directory.resolve(entry.name);
      if (!Files.isRegularFile(file) || !sha256(file).equals(entry.sha256)) {
        throw new HistoryException(
            file + " is missing or not as it was written; nothing was restored", null);
      }
    }
    return manifest;
  }

  private static BackupManifest read(Path directory) throws HistoryException, IOException {
    Path file = directory.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new HistoryException(
          directory + " is no backup, or one that was cut short: it has no " + NAME, null);
    }
    try {
      BackupManifest manifest = JSON.readValue(Files.readAllBytes(file), BackupManifest.class);
      if (manifest.files == null) {
        throw new HistoryException(file + " names no files; it is of no backup", null);
      }
      if (manifest.version >= 1 && manifest.version <= VERSION) {
        return manifest;
      }
      throw new HistoryException(
          file
              + " is of version "
              + manifest.version
              + "; this program reads 1 to "
              + VERSION
              + ": restore it with the version that made it",
          null);
    } catch (JsonProcessingException broken) {
      throw new HistoryException(file + " cannot be read: " + broken.getOriginalMessage(), broken);
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** An entry for a file that has just been written. */
  static Entry entry(Path file, String what, long count) throws IOException {
    return new Entry(file.getFileName().toString(), what, count, sha256(file));
  }
}
