package io.tocsin.collectors.health;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where a program's output goes: a small temporary file that it appends to, of which the first KiB
 * is kept and the rest cut off again and again. Not a pipe: reading one blocks for as long as any
 * process that was left behind keeps it open, and the JDK itself reads it to its end.
 */
final class OutputFile implements AutoCloseable {

  static final int KEPT = 1024;

  /** How large it may grow between two looks at it before it is cut. */
  private static final long LARGE = 64 * 1024;

  private final Path path;
  private final FileChannel channel;
  private String first;

  private OutputFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** A new one that others cannot read. */
  static OutputFile create() throws IOException {
    Path path = Files.createTempFile("tocsin-check-", ".out");
    path.toFile().deleteOnExit();
    return new OutputFile(
        path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  Path path() {
    return path;
  }

  /** Whether it is still there: directories of temporary files get tidied. */
  boolean isThere() {
    return channel.isOpen() && Files.exists(path);
  }

  /** Empties it for another program, or for what one left behind goes on writing. */
  void clear() throws IOException {
    first = null;
    channel.truncate(0);
  }

  /** Cuts off what is too much. */
  void keepSmall() throws IOException {
    if (channel.size() > LARGE) {
      first = first();
      channel.truncate(0);
    }
  }

  /** The first KiB; bytes that are no UTF-8 become U+FFFD. */
  String first() throws IOException {
    if (first != null) {
      return first;
    }
    ByteBuffer bytes = ByteBuffer.allocate(KEPT);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
      // A read may give less than there is.
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
