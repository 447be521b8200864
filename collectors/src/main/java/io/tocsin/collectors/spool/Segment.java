package io.tocsin.collectors.spool;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of the spool, named after the number of its first record. The writer moves {@link
 * #publish} on after each write; readers never look beyond it, so that they never see half a frame.
 */
final class Segment {

  private static final Pattern NAME = Pattern.compile("(\\d{20})\\.seg");

  /** How far it may be read. */
  record Extent(long bytes, long end) {}

  private final Path path;
  private final long first;
  private volatile Extent extent;

  /**
   * A segment.
   *
   * @param first number of its first record
   * @param bytes its length
   * @param end number after that of its last record
   */
  Segment(Path path, long first, long bytes, long end) {
    this.path = path;
    this.first = first;
    this.extent = new Extent(bytes, end);
  }

  static Path path(Path directory, long first) {
    return directory.resolve("%020d.seg".formatted(first));
  }

  /** The number in the name of a segment's file; -1 for any other file. */
  static long firstOf(Path path) {
    Matcher name = NAME.matcher(path.getFileName().toString());
    try {
      return name.matches() ? Long.parseLong(name.group(1)) : -1;
    } catch (NumberFormatException tooLarge) {
      return -1;
    }
  }

  Path path() {
    return path;
  }

  long first() {
    return first;
  }

  Extent extent() {
    return extent;
  }

  void publish(long bytes, long end) {
    extent = new Extent(bytes, end);
  }
}
