package io.tocsin.alerting.healing.execute.exec;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where an action's output goes. A file, not a pipe: a service that the action leaves behind may
 * hold its output open for ever, and would be killed by its next line if the other end of a pipe
 * were closed.
 */
final class OutputFile {

  /** What the file may grow to before it is begun anew. */
  private static final long MOST_BYTES = 1024 * 1024;

  private static final int TAIL_BYTES = 4096;

  private final Path path;
  private long from;

  private OutputFile(Path path, long from) {
    this.path = path;
    this.from = from;
  }

  /** Opens the file for one more run; for its owner only, since output may hold secrets. */
  static OutputFile open(Path directory, String name) throws IOException {
    Files.createDirectories(directory);
    Path path = directory.resolve(name);
    if (Files.notExists(path)) {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    OutputFile output = new OutputFile(path, Files.size(path));
    output.keepSmall();
    return output;
  }

  File file() {
    return path.toFile();
  }

  /** Empties a file that has grown too long. Writers append, so they go on at its new end. */
  void keepSmall() throws IOException {
    if (Files.size(path) > MOST_BYTES) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
      from = 0;
    }
  }

  /** The end of what this run has written. */
  String tail() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      long begin = Math.max(Math.min(from, size), size - TAIL_BYTES);
      ByteBuffer bytes = ByteBuffer.allocate((int) (size - begin));
      while (bytes.hasRemaining() && channel.read(bytes, begin + bytes.position()) > 0) {
        // a read may give less than there is
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }
}
