package io.tocsin.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a backup holds.
 *
 * @param version of the form of backups
 * @param madeAt when it was begun
 * @param files what was written
 */
record BackupManifest(int version, String madeAt, List<Entry> files) {

  static final int VERSION = 1;

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
      if (!entry.name.matches("[a-z0-9_.-]+")) {
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
      if (manifest.version == VERSION) {
        return manifest;
      }
      throw new HistoryException(
          file + " is of version " + manifest.version + "; this program reads " + VERSION, null);
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
