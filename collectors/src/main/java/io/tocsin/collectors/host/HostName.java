package io.tocsin.collectors.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine's name as it stands in resource ids. */
public final class HostName {

  private HostName() {}

  /**
   * The kernel's host name, in the form that ids take; {@code localhost} where the kernel does not
   * say.
   *
   * @param proc where procfs is mounted
   */
  public static String read(Path proc) {
    try {
      byte[] name = Files.readAllBytes(proc.resolve("sys/kernel/hostname"));
      return normalise(new String(name, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "localhost";
    }
  }

  /** Lower case, with {@code -} for everything that may not stand in an id. */
  static String normalise(String name) {
    String allowed = name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
    String started = allowed.replaceFirst("^[._-]+", "");
    return started.isEmpty() ? "localhost" : started.substring(0, Math.min(253, started.length()));
  }
}
