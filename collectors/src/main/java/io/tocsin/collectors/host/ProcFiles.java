package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the small files below a root such as /proc or /sys whole into one buffer that it uses again
 * and again. Not thread-safe.
 */
final class ProcFiles {

  /** The largest, /proc/stat on thousands of interrupts, has some 100 KiB. */
  private static final int LIMIT = 4 * 1024 * 1024;

  private final Path root;
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
    File file = new File(root.toString(), name);
    try (FileInputStream in = new FileInputStream(file)) {
      int length = 0;
      for (int read; (read = in.read(buffer, length, buffer.length - length)) >= 0; ) {
        length += read;
        if (length == buffer.length) {
          if (length >= LIMIT) {
            throw new CollectorException(
                Reason.MALFORMED, file.getPath(), "is larger than " + LIMIT + " bytes");
          }
          buffer = Arrays.copyOf(buffer, 2 * length);
        }
      }
      return new ProcText(file.getPath(), buffer, length);
    } catch (FileNotFoundException e) {
      if (file.exists()) {
        throw new CollectorException(Reason.UNREADABLE, file.getPath(), e.getMessage());
      }
      throw new CollectorException(Reason.MISSING, file.getPath(), "is not there");
    } catch (IOException e) {
      throw new CollectorException(Reason.UNREADABLE, file.getPath(), e.getMessage());
    }
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

  @Override
  public String toString() {
    return root.toString();
  }
}
