package io.tocsin.collectors.security;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Follows a file that somebody appends lines to. A file that was renamed or removed is read to its
 * end before the new one of that name; one that became shorter is read from its beginning. A last
 * line without an end waits for it. Not thread-safe.
 */
final class FileTail implements AutoCloseable {

  private final Path file;
  private final int longestLine;
  private final long mostPerPass;
  private final ByteBuffer buffer = ByteBuffer.allocate(32 * 1024);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private FileChannel channel;
  private Object key;
  private long offset;
  private boolean fromEnd;
  private boolean isSkipping;

  /**
   * A file not opened yet.
   *
   * @param fromEnd whether what is in it at first is left out
   * @param longestLine in bytes; a longer one is left out, which is a problem
   * @param mostPerPass about how many bytes one pass reads; the rest waits in the file
   */
  FileTail(Path file, boolean fromEnd, int longestLine, long mostPerPass) {
    this.file = file;
    this.fromEnd = fromEnd;
    this.longestLine = longestLine;
    this.mostPerPass = mostPerPass;
  }

  /**
   * Reads the lines that have come since.
   *
   * @throws CollectorException if there is no such file, or it cannot be read
   */
  void read(Consumer<String> lines, Consumer<Problem> problems)
      throws CollectorException, InterruptedException {
    try {
      BasicFileAttributes now = attributes();
      if (channel != null && (now == null || !Objects.equals(now.fileKey(), key))) {
        if (!readToEnd(lines, problems)) {
          return;
        }
        endLine(lines);
        close();
        key = null;
      }
      if (now == null) {
        // What appears later has been written since, all of it.
        fromEnd = false;
        throw new CollectorException(
            Reason.MISSING, file.toString(), "there is no such file; does Falco write it?");
      }
      if (channel == null) {
        open(now);
      }
      if (channel.size() < offset) {
        offset = 0;
        line.reset();
        isSkipping = false;
      }
      readToEnd(lines, problems);
    } catch (ClosedByInterruptException givenUp) {
      close();
      throw new InterruptedException("reading " + file);
    } catch (IOException e) {
      close();
      throw new CollectorException(Reason.UNREADABLE, file.toString(), "cannot be read: " + e);
    }
  }

  private BasicFileAttributes attributes() throws IOException, CollectorException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (!now.isRegularFile()) {
        // Opening a pipe would wait for a writer.
        throw new CollectorException(
            Reason.UNREADABLE, file.toString(), "it is no regular file; name the file itself");
      }
      return now;
    } catch (NoSuchFileException missing) {
      return null;
    }
  }

  private void open(BasicFileAttributes now) throws IOException {
    channel = FileChannel.open(file);
    if (key == null || !Objects.equals(now.fileKey(), key)) {
      key = now.fileKey();
      line.reset();
      isSkipping = false;
      offset = fromEnd ? channel.size() : 0;
      // The rest of a line whose beginning was not read is no line.
      isSkipping = offset > 0 && !endsLine(offset - 1);
    }
    fromEnd = false;
  }

  private boolean endsLine(long position) throws IOException {
    buffer.clear().limit(1);
    return channel.read(buffer, position) == 1 && buffer.get(0) == '\n';
  }

  /** Whether the end was met. */
  private boolean readToEnd(Consumer<String> lines, Consumer<Problem> problems) throws IOException {
    for (long read = 0; read < mostPerPass; ) {
      buffer.clear();
      int length = channel.read(buffer, offset);
      if (length <= 0) {
        return true;
      }
      offset += length;
      read += length;
      split(length, lines, problems);
    }
    return false;
  }

  private void split(int length, Consumer<String> lines, Consumer<Problem> problems) {
    byte[] bytes = buffer.array();
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        append(bytes, start, i, problems);
        endLine(lines);
        start = i + 1;
      }
    }
    append(bytes, start, length, problems);
  }

  private void append(byte[] bytes, int from, int to, Consumer<Problem> problems) {
    if (isSkipping) {
      return;
    }
    if (line.size() + to - from > longestLine) {
      isSkipping = true;
      line.reset();
      problems.accept(
          new Problem(
              Reason.OVER_LIMIT,
              file.toString(),
              "a line is longer than %d bytes and is left out".formatted(longestLine)));
      return;
    }
    line.write(bytes, from, to - from);
  }

  private void endLine(Consumer<String> lines) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (!isSkipping && !text.isBlank()) {
      lines.accept(text);
    }
    isSkipping = false;
  }

  /** Lets the file go; the next reading goes on where this one was. */
  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException alreadyBroken) {
        // It was only read.
      }
      channel = null;
    }
  }
}
