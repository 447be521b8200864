package io.tocsin.collectors.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps a second agent out of a spool. The system lets go of it when the process ends. */
final class DirectoryLock implements AutoCloseable {

  private final FileChannel channel;

  /**
   * Locks a directory, which is made if it is not there.
   *
   * @throws SpoolException if somebody else has it
   */
  static DirectoryLock of(Path directory) throws IOException {
    create(directory);
    return new DirectoryLock(directory);
  }

  /** For this user only: what is measured is nobody else's business. */
  private static void create(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(directory);
    }
  }

  private DirectoryLock(Path directory) throws IOException {
    this.channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked()) {
      channel.close();
      throw new SpoolException(
          "the spool %s is in use by another agent: give each agent a directory of its own"
              .formatted(directory));
    }
  }

  private boolean locked() throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException byThisProcess) {
      return false;
    } catch (IOException refused) {
      channel.close();
      throw refused;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
