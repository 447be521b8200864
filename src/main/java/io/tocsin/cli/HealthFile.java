package io.tocsin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever looks after this process where it answers for its health: the file that the system
 * property {@code tocsin.health.file} names gets a line {@code live URL} and a line {@code ready
 * URL}. The image's health check reads it, which thus needs to know neither the configuration nor a
 * port. Without the property nothing is written.
 */
final class HealthFile {

  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

  private HealthFile() {}

  /**
   * Tells it, once the port is open.
   *
   * @param scheme http or https
   * @param host what it listens on
   */
  static void tell(String scheme, String host, int port) {
    tell(scheme, host, port, "/health/ready");
  }

  /** The same, for what is ready as long as it lives. */
  static void tellLive(String scheme, String host, int port) {
    tell(scheme, host, port, "/health/live");
  }

  private static void tell(String scheme, String host, int port, String ready) {
    String file = System.getProperty("tocsin.health.file");
    if (file == null) {
      return;
    }
    String base = scheme + "://" + (EVERYWHERE.contains(host) ? "127.0.0.1" : host) + ":" + port;
    try {
      Files.writeString(
          Path.of(file), "live " + base + "/health/live\nready " + base + ready + "\n");
    } catch (IOException unwritable) {
      // Its work is worth more than that somebody can see it.
      LoggerFactory.getLogger(HealthFile.class)
          .warn("{} cannot be written: nobody is told that this works", file, unwritable);
    }
  }
}
