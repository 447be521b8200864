package io.tocsin.deploy;

import io.tocsin.config.Config;
import io.tocsin.config.ConfigException;
import io.tocsin.config.ConfigLoader;
import io.tocsin.tls.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Reads a configuration as a machine would that has other files and another environment. */
final class ForeignConfig {

  private static String authority;

  private ForeignConfig() {}

  /**
   * Reads it, its absolute paths below a directory of the test's.
   *
   * @param files what that machine has; what is in them is nobody's secret
   */
  static Config load(Path root, String text, Map<String, String> environment, Set<String> files)
      throws ConfigException {
    try {
      Path here = Files.createTempDirectory(root, "machine");
      String local = text;
      for (String name : files) {
        Path file = here.resolve(name.substring(1));
        Files.createDirectories(file.getParent());
        // An authority is looked into, all else only looked for.
        Files.writeString(file, name.endsWith("/ca.crt") ? authority(root) : "test only");
      }
      for (String directory : Set.of("/etc/tocsin/", "/run/secrets/")) {
        local = local.replace(directory, here + directory);
      }
      Path config = here.resolve("tocsin.yaml");
      Files.writeString(config, local);
      return ConfigLoader.inEnvironment(environment::get).load(config);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static synchronized String authority(Path root) throws IOException {
    if (authority == null) {
      Files.createDirectories(root.resolve("authority"));
      authority = Files.readString(new TestAuthority(root.resolve("authority"), "test").ca());
    }
    return authority;
  }
}
