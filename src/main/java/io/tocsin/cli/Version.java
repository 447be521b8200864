package io.tocsin.cli;

import io.tocsin.delivery.Build;
import picocli.CommandLine.IVersionProvider;

/** What this build is, as the build wrote it down. */
final class Version implements IVersionProvider {

  /** Value of a key of what the build wrote down; with {@code tocsin}, the commit is told, too. */
  static String of(String key) {
    return key.equals("tocsin") ? Build.version() : Build.of(key);
  }

  @Override
  public String[] getVersion() {
    return new String[] {"tocsin " + of("tocsin")};
  }
}
