package io.tocsin.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this build is, as the build wrote it down. */
final class Version implements IVersionProvider {

  private static final Properties BUILD = load();

  private static Properties load() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      build.load(in);
      return build;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Value of a key of {@code build.properties}. */
  static String of(String key) {
    return BUILD.getProperty(key);
  }

  @Override
  public String[] getVersion() {
    return new String[] {"tocsin " + of("tocsin")};
  }
}
