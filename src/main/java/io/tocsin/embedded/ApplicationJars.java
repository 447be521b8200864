package io.tocsin.embedded;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The jars that a job of ours needs where Flink itself starts it (application mode), for the
 * directory {@code usrlib} of a Flink that has none of ours.
 */
public final class ApplicationJars {

  /** The program itself, under a name that no version changes: a deployment has to name it. */
  public static final String PROGRAM = "tocsin.jar";

  private static final Pattern PROGRAM_OF_THE_BUILD = Pattern.compile("tocsin-[0-9].*\\.jar");

  /** The configuration speaks of collectors, which a job handed over does not need. */
  private static final String COLLECTORS = "tocsin-collectors";

  private ApplicationJars() {}

  /**
   * Copies them; what is there under the same name is replaced.
   *
   * @param directory is made if it is missing
   * @return how many there are
   * @throws IOException if something cannot be read or written
   */
  public static int layInto(Path directory) throws IOException {
    return layInto(directory, System.getProperty("java.class.path"));
  }

  static int layInto(Path directory, String classPath) throws IOException {
    Files.createDirectories(directory);
    List<Path> entries = Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
    int laid = 0;
    for (Path entry : entries) {
      String name = entry.getFileName().toString();
      if (PROGRAM_OF_THE_BUILD.matcher(name).matches()) {
        copy(entry, directory.resolve(PROGRAM));
        laid++;
      } else if (Files.isDirectory(entry)) {
        pack(entry, directory.resolve(PROGRAM));
        laid++;
      } else if (name.startsWith(COLLECTORS) || FlinkCluster.goesAlong(name)) {
        copy(entry, directory.resolve(name));
        laid++;
      }
    }
    return laid;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Run from its sources, the program is a directory of classes. */
  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(each).toString().replace(File.separatorChar, '/');
        if (name.startsWith("io/tocsin/")) {
          out.putNextEntry(new JarEntry(name));
          Files.copy(each, out);
          out.closeEntry();
        }
      }
    }
  }
}
