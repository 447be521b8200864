package io.tocsin.collectors.host;

import io.tocsin.schemas.Health;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The JDK's view of a file system: sizes, no inodes. Costs no memory. */
final class FileStoreStat implements FilesystemStat {

  @Override
  public Answer of(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
    try {
      FileStore store = Files.getFileStore(Path.of(new String(bytes, StandardCharsets.UTF_8)));
      return Answer.Usage.of(1, store.getTotalSpace(), store.getUsableSpace(), 0, 0);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
      return new Answer.Failure(Health.UNKNOWN, reason);
    } catch (IOException | InvalidPathException e) {
      return new Answer.Failure(Health.UNKNOWN, "cannot be asked: " + e.getMessage());
    }
  }
}
