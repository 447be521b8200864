package io.tocsin.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The one directory that holds everything an installation must remember. Copy it while stopped to
 * back it up; delete it to start over.
 *
 * @param root absolute path
 */
public record DataDirectory(Path root) {

  public DataDirectory {
    root = root.toAbsolutePath().normalize();
  }

  public Path kafka() {
    return root.resolve("kafka");
  }

  public Path registry() {
    return root.resolve("registry");
  }

  public Path questDb() {
    return root.resolve("questdb");
  }

  public Path flink() {
    return root.resolve("flink");
  }

  /** Flink checkpoints: a directory per job name, in it one per run, in it {@code chk-N}. */
  public Path checkpoints() {
    return flink().resolve("checkpoints");
  }

  /** Local state of the Kafka Streams topologies; may be deleted while stopped, is restored. */
  public Path streams() {
    return root.resolve("streams");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** Generated passwords, one file of mode 600 each. */
  public Path secrets() {
    return root.resolve("secrets");
  }

  /** What may be deleted at any time while stopped: class archives, temporary files. */
  public Path cache() {
    return root.resolve("cache");
  }

  /** Native libraries that engines unpack, and the like: of use to one run only. */
  public Path temporary() {
    return cache().resolve("tmp");
  }

  Path lock() {
    return root.resolve("lock");
  }

  /**
   * Makes the directory and its parts, readable by their owner only: the history and the secrets in
   * it are nobody else's.
   *
   * @throws IOException if one cannot be made
   */
  public void create() throws IOException {
    for (Path directory : all()) {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, ownerOnly(directory));
      }
    }
  }

  /**
   * Leaves word that this version works here from now on. To be called by whoever holds the lock.
   *
   * @return why it must not, in words for people; empty if it may
   * @throws IOException if it cannot be read or written
   */
  public Optional<String> claim() throws IOException {
    return DataFormat.claim(this);
  }

  List<Path> all() {
    return List.of(
        root, kafka(), registry(), questDb(), checkpoints(), streams(), logs(), secrets(), cache());
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
