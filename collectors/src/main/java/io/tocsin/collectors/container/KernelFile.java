package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * A file of a control group, kept open between passes because opening costs more than reading. It
 * is not interruptible, so a pass that is given up does not close it. Not thread-safe.
 */
final class KernelFile {

  private final File path;
  private final OpenFiles openFiles;
  private RandomAccessFile in;

  KernelFile(File folder, String name, OpenFiles openFiles) {
    this.path = new File(folder, name);
    this.openFiles = openFiles;
  }

  String path() {
    return path.getPath();
  }

  /**
   * Reads it whole.
   *
   * @return false if there is no such file
   * @throws GoneException if the file that was open is of a control group that is no more
   * @throws CollectorException if it may not be read, or is too large
   */
  boolean read(KernelText text) throws CollectorException, GoneException {
    boolean wasOpen = in != null;
    if (!wasOpen && !open()) {
      return false;
    }
    try {
      fill(text);
    } catch (IOException failed) {
      close();
      // The kernel answers ENODEV for the files of a removed group.
      if (wasOpen || !path.exists()) {
        throw new GoneException();
      }
      throw new CollectorException(Reason.UNREADABLE, path(), String.valueOf(failed.getMessage()));
    }
    if (openFiles.isOver()) {
      close();
    }
    return true;
  }

  /** Reads a file that a group with this controller always has. */
  KernelText must(KernelText text) throws CollectorException, GoneException {
    if (!read(text)) {
      throw new CollectorException(Reason.MISSING, path(), "is not there");
    }
    return text;
  }

  private boolean open() throws CollectorException {
    try {
      in = new RandomAccessFile(path, "r");
      openFiles.opened();
      return true;
    } catch (FileNotFoundException e) {
      if (path.exists()) {
        throw new CollectorException(Reason.UNREADABLE, path(), "may not be read");
      }
      return false;
    }
  }

  private void fill(KernelText text) throws IOException, CollectorException {
    text.begin(path.getPath());
    in.seek(0);
    while (true) {
      byte[] buffer = text.buffer();
      int count = in.read(buffer, text.length(), buffer.length - text.length());
      if (count < 0) {
        return;
      }
      text.grow(count);
    }
  }

  void close() {
    if (in == null) {
      return;
    }
    openFiles.closed();
    try {
      in.close();
    } catch (IOException e) {
      // It was read only; there is nothing to lose.
    }
    in = null;
  }
}
