package io.tocsin.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second instance off a data directory. The kernel drops the lock with the process, however
 * it ends, so there is never a stale one to remove.
 */
public final class DataLock implements AutoCloseable {

  // POSIX drops a process's lock on a file when it closes any descriptor of it, so a second try in
  // this process must not even open the file.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private DataLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock and leaves our process id in the file.
   *
   * @return empty if another instance has it
   * @throws IOException if the file cannot be opened or written
   */
  public static Optional<DataLock> take(DataDirectory data) throws IOException {
    Path file = data.root().toRealPath().resolve(data.lock().getFileName());
    if (!HELD_HERE.add(file)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        return Optional.empty();
      }
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid), 0);
      taken = true;
      return Optional.of(new DataLock(file, channel));
    } finally {
      if (!taken) {
        HELD_HERE.remove(file);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /** The process id that the holder left in the file, for messages; "unknown" if there is none. */
  static String holder(DataDirectory data) {
    try {
      if (HELD_HERE.contains(data.root().toRealPath().resolve(data.lock().getFileName()))) {
        return String.valueOf(ProcessHandle.current().pid());
      }
      String pid = Files.readString(data.lock()).strip();
      return pid.matches("\\d{1,19}") ? pid : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Lets the next instance in. */
  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(file);
  }
}
