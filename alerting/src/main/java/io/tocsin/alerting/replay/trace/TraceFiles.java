package io.tocsin.alerting.replay.trace;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Finds a trace's files. */
final class TraceFiles {

  private final Path directory;

  TraceFiles(Path directory) {
    this.directory = directory;
  }

  /** The files that a glob names, in order of name, so that a replay is the same everywhere. */
  List<Path> matching(String glob) throws TraceException, IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (Stream<Path> all = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> found =
          all.filter(Files::isRegularFile)
              .filter(file -> matcher.matches(directory.relativize(file)))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new TraceException(directory + ": no file matches " + glob);
      }
      return found;
    }
  }

  /** A file's path below the directory, with {@code /} between its parts. */
  String nameOf(Path file) {
    return directory.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }
}
