package io.tocsin.embedded;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * Which versions of this program can go on from what is in a data directory: the file {@code
 * format} in it. A number and not the program's version, because most versions change nothing here.
 *
 * <p>A change after which an older program would misread what is there raises both numbers; one
 * that an older program merely passes over raises the first alone, so that going back still works.
 * A directory without the file is of format 1: it was made before there was one.
 *
 * @param written the newest form that anything in it may have
 * @param readableFrom the oldest form whose programs can still go on from it
 */
record DataFormat(int written, int readableFrom) {

  /** What this program writes. */
  static final DataFormat OURS = new DataFormat(1, 1);

  private static final DataFormat BEFORE_THERE_WAS_ONE = new DataFormat(1, 1);
  private static final String FILE = "format";
  private static final String WRITTEN = "written";
  private static final String READABLE_FROM = "readable-from";

  /**
   * Leaves word that this program works in a directory from now on; changes nothing if it must not.
   *
   * @return what is in the way, in words for people; empty if nothing is
   * @throws IOException if the file cannot be read or written
   */
  static Optional<String> claim(DataDirectory data) throws IOException {
    return claim(data, OURS);
  }

  /** The same for a program of another form. */
  static Optional<String> claim(DataDirectory data, DataFormat program) throws IOException {
    Path file = data.root().resolve(FILE);
    Optional<DataFormat> known = read(file);
    if (known.isEmpty()) {
      return Optional.of(
          file
              + " cannot be understood; it says which version may use the directory. Put it back"
              + " from a copy, or, if this very version wrote the directory, delete it");
    }
    DataFormat there = known.get();
    if (there.readableFrom > program.written) {
      return Optional.of(
          "data directory "
              + data.root()
              + " was written by a newer version (format "
              + there.written
              + ", readable from "
              + there.readableFrom
              + " on; this program has "
              + program.written
              + "): start that version again, or restore a backup into an empty directory");
    }
    // Never lowered: what the newer one wrote stays there when an older one is at work.
    DataFormat both =
        new DataFormat(
            Math.max(there.written, program.written),
            Math.max(there.readableFrom, program.readableFrom));
    if (!both.equals(there) || !Files.exists(file)) {
      both.write(file);
    }
    return Optional.empty();
  }

  /** Empty if it is there and makes no sense. */
  private static Optional<DataFormat> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.of(BEFORE_THERE_WAS_ONE);
    }
    Properties lines = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      lines.load(in);
      return Optional.of(new DataFormat(number(lines, WRITTEN), number(lines, READABLE_FROM)));
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private static int number(Properties lines, String key) {
    return Integer.parseInt(lines.getProperty(key, "").strip());
  }

  /** By a rename, so that a crash leaves the old one or the new one. */
  private void write(Path file) throws IOException {
    Path beside = file.resolveSibling(FILE + ".new");
    Files.writeString(
        beside,
        "# Which versions of Tocsin can use this directory; see upgrade.md.\n%s=%d\n%s=%d\n"
            .formatted(WRITTEN, written, READABLE_FROM, readableFrom),
        StandardCharsets.UTF_8);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
