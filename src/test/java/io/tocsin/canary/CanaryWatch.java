package io.tocsin.canary;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches the directories of every test with real parts before they are removed: no secret that
 * was given out, and none that an installation made for itself, may stand in a log or in what a
 * process printed. JUnit finds it by itself; it fails the test.
 */
public final class CanaryWatch implements AfterEachCallback, AfterAllCallback, Extension {

  /** For JUnit. */
  public CanaryWatch() {}

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    search(context, context.getRequiredTestInstance());
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    search(context, null);
  }

  private static void search(ExtensionContext context, Object test) throws IOException {
    if (context.getRequiredTestClass().getSimpleName().endsWith("ITCase")) {
      for (Path directory : directories(context.getRequiredTestClass(), test)) {
        requireNone(directory);
      }
    }
  }

  /** Those of the test; its class' own, which live on, if there is none. */
  private static List<Path> directories(Class<?> type, Object test) {
    List<Path> directories = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      boolean isOurs = Modifier.isStatic(field.getModifiers()) == (test == null);
      if (isOurs && field.isAnnotationPresent(TempDir.class) && field.getType() == Path.class) {
        try {
          field.setAccessible(true);
          directories.add((Path) field.get(test));
        } catch (IllegalAccessException closed) {
          throw new IllegalStateException(closed);
        }
      }
    }
    return directories;
  }

  /**
   * Searches a directory.
   *
   * @throws AssertionError saying where, if a secret stands in a log of it
   */
  static void requireNone(Path directory) throws IOException {
    if (directory == null || !Files.isDirectory(directory)) {
      return;
    }
    Map<String, String> secrets = new LinkedHashMap<>(Canary.all(Canary.REGISTER));
    secrets.putAll(made(directory));
    List<String> found = CanarySearch.in(CanarySearch.printed(directory), secrets);
    if (!found.isEmpty()) {
      throw new AssertionError("a secret was printed or logged: " + String.join("; ", found));
    }
  }

  /** What an installation made for itself: passwords and keys in files of its own. */
  static Map<String, String> made(Path directory) throws IOException {
    Map<String, String> secrets = new LinkedHashMap<>();
    for (Path file : CanarySearch.files(directory, CanaryWatch::holdsASecret)) {
      for (String line : contents(file).split("\\R")) {
        // Shorter ones may stand anywhere by chance; of PEM, its frame is no secret.
        if (line.strip().length() >= 16 && !line.startsWith("-----")) {
          secrets.put(line.strip(), "what stands in " + file.getFileName());
          Canary.register("what stands in " + file.getFileName(), line.strip());
        }
      }
    }
    return secrets;
  }

  private static String contents(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException gone) {
      return "";
    }
  }

  private static boolean holdsASecret(Path file) {
    String name = file.getFileName().toString();
    boolean isAmongThem = file.getParent().getFileName().toString().equals("secrets");
    return !name.endsWith(".pub")
        && (isAmongThem || name.matches(".*\\.(key|secret|password|token)"));
  }
}
