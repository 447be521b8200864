package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the small files below a root such as /proc or /sys whole into one buffer that it uses again
 * and again. Not thread-safe.
 */
final class ProcFiles implements AutoCloseable {

  /** The largest, /proc/stat on thousands of interrupts, has some 100 KiB. */
  private static final int LIMIT = 4 * 1024 * 1024;

  /** The JDK reads so much without asking for memory. */
  private static final int AT_ONCE = 8 * 1024;

  private final Path root;
  private final Map<String, RandomAccessFile> kept = new HashMap<>();
  private byte[] buffer = new byte[16 * 1024];

  ProcFiles(Path root) {
    this.root = root;
  }

  /**
   * Contents of a file, valid until the next call.
   *
   * @throws CollectorException if it is not there, may not be read, or is larger than 4 MiB
   */
  ProcText read(String name) throws CollectorException {
    File path = new File(root.toString(), name);
    try (RandomAccessFile file = open(path)) {
      return contents(file, path);
    } catch (IOException e) {
      throw new CollectorException(Reason.UNREADABLE, path.getPath(), e.getMessage());
    }
  }

  /**
   * The same for a file that is read in every pass: it stays open, which takes a third off the cost
   * of a pass, since the kernel makes the contents anew at each reading from the start. Not for
   * files that come and go.
   */
  ProcText readAgain(String name) throws CollectorException {
    RandomAccessFile file = kept.get(name);
    File path = new File(root.toString(), name);
    try {
      if (file == null) {
        file = open(path);
        kept.put(name, file);
      } else {
        file.seek(0);
      }
      return contents(file, path);
    } catch (IOException e) {
      forget(name);
      throw new CollectorException(Reason.UNREADABLE, path.getPath(), e.getMessage());
    }
  }

  private void forget(String name) {
    RandomAccessFile file = kept.remove(name);
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // A file that was only read loses nothing; the next pass opens it anew.
      }
    }
  }

  private static RandomAccessFile open(File path) throws CollectorException {
    try {
      return new RandomAccessFile(path, "r");
    } catch (FileNotFoundException e) {
      if (path.exists()) {
        throw new CollectorException(Reason.UNREADABLE, path.getPath(), e.getMessage());
      }
      throw new CollectorException(Reason.MISSING, path.getPath(), "is not there");
    }
  }

  private ProcText contents(RandomAccessFile file, File path)
      throws CollectorException, IOException {
    int length = 0;
    for (int read;
        (read = file.read(buffer, length, Math.min(AT_ONCE, buffer.length - length))) >= 0; ) {
      length += read;
      if (length == buffer.length) {
        if (length >= LIMIT) {
          throw new CollectorException(
              Reason.MALFORMED, path.getPath(), "is larger than " + LIMIT + " bytes");
        }
        buffer = Arrays.copyOf(buffer, 2 * length);
      }
    }
    return new ProcText(path.getPath(), buffer, length);
  }

  /**
   * The number that a file holds, and nothing else.
   *
   * @throws CollectorException as {@link #read}, and if it is no number
   */
  long number(String name, String what) throws CollectorException {
    ProcText text = read(name);
    if (!text.nextLine()) {
      throw text.malformed("is empty");
    }
    return text.number(what);
  }

  /** What stands in a folder, sorted by name; nothing where there is no such folder. */
  List<String> list(String name) {
    String[] entries = new File(root.toString(), name).list();
    if (entries == null) {
      return List.of();
    }
    Arrays.sort(entries);
    return List.of(entries);
  }

  /** Whether there is such a file or folder. */
  boolean has(String name) {
    return new File(root.toString(), name).exists();
  }

  /** Whether there is such a folder with something in it. */
  boolean hasEntries(String name) {
    String[] entries = new File(root.toString(), name).list();
    return entries != null && entries.length > 0;
  }

  /** Closes what stayed open. */
  @Override
  public void close() {
    List.copyOf(kept.keySet()).forEach(this::forget);
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
