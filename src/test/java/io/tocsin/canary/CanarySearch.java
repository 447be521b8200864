package io.tocsin.canary;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Looks for secrets in files, and says where one stands without repeating it. As a main class it
 * searches the directories that it is given for all canaries of the build, and fails if it finds
 * one or has none to look for; the last step of {@code mvn verify} is that.
 */
public final class CanarySearch {

  /** A log that is larger is not read; no test writes one. */
  private static final long LARGEST = 256L << 20;

  private CanarySearch() {}

  /** Arguments: the file of the canaries, then directories. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> secrets = Canary.all(Path.of(arguments[0]));
    List<String> found = new ArrayList<>();
    long files = 0;
    for (int i = 1; i < arguments.length; i++) {
      Path directory = Path.of(arguments[i]);
      if (Files.isDirectory(directory)) {
        List<Path> printed = printed(directory);
        files += printed.size();
        found.addAll(in(printed, secrets));
      }
    }
    System.out.printf("%d secrets looked for in %d files%n", secrets.size(), files);
    if (!found.isEmpty()) {
      found.forEach(System.err::println);
      throw new IllegalStateException("a secret was printed or logged: " + found.get(0));
    }
  }

  /** The files of a directory that hold what was printed and logged. */
  static List<Path> printed(Path directory) throws IOException {
    return files(directory, CanarySearch::isPrinted);
  }

  /**
   * Files below a directory; what goes away meanwhile, as a stopping process clears up, is left
   * out.
   */
  static List<Path> files(Path directory, Predicate<Path> wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && wanted.test(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static boolean isPrinted(Path file) {
    String name = file.getFileName().toString();
    // Kafka's segments are called .log too; what is in topics is another question, and compressed.
    boolean isSegment = name.matches("\\d{20}(\\.\\w+)?\\.log") || name.matches("\\d{20}\\.log.*");
    return !isSegment && name.matches("(?i).*\\.(log|out|err|txt|xml|json|dumpstream)(\\.\\d+)?");
  }

  /** Where the secrets stand: file, line, and what it is. */
  static List<String> in(List<Path> files, Map<String, String> secrets) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      try {
        if (Files.size(file) <= LARGEST) {
          search(file, secrets, found);
        }
      } catch (NoSuchFileException gone) {
        // It was removed meanwhile, and with it what it said.
      }
    }
    return found;
  }

  private static void search(Path file, Map<String, String> secrets, List<String> found)
      throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
          if (line.contains(secret.getKey())) {
            found.add("%s:%d: %s".formatted(file, number, secret.getValue()));
          }
        }
      }
    }
  }
}
