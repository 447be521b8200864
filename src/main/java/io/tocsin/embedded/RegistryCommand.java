package io.tocsin.embedded;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The argv that starts the registry: memory, then settings. No shell, no user text but paths. */
final class RegistryCommand {

  private RegistryCommand() {}

  static List<String> of(
      Path runner, String mainClass, Path ourCode, DataDirectory data, int port) {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // It serves a few dozen schemas to clients that cache them: small heap, short-lived compiles.
    argv.addAll(
        List.of(
            "-Xmx96m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto"));
    argv.add("-Djava.io.tmpdir=" + data.cache());
    setting(argv, "quarkus.http.host", Ports.LOOPBACK);
    setting(argv, "quarkus.http.port", port);
    // No page in a browser may talk to it, and nobody may change its settings over HTTP.
    setting(argv, "quarkus.http.cors", false);
    setting(argv, "registry.config.dynamic.allow-all", false);
    setting(argv, "registry.ui.features.readOnly", true);
    setting(argv, "registry.rest.artifact.deletion.enabled", false);
    setting(argv, "quarkus.datasource.jdbc.url", h2Url(data.registry().resolve("registry")));
    // The defaults open 20 connections and allow 100.
    setting(argv, "quarkus.datasource.jdbc.initial-size", 1);
    setting(argv, "quarkus.datasource.jdbc.min-size", 1);
    setting(argv, "quarkus.datasource.jdbc.max-size", 8);
    // By default 5 s, within which a machine that is busy starting the rest may not open a file.
    setting(argv, "quarkus.datasource.jdbc.acquisition-timeout", "60S");
    setting(argv, "quarkus.http.io-threads", 2);
    argv.add("-cp");
    argv.add(ourCode + File.pathSeparator + runner.toAbsolutePath());
    argv.add(RegistryMain.class.getName());
    argv.add(mainClass);
    return argv;
  }

  /**
   * WRITE_DELAY=0: by default H2 commits to the file up to 500 ms later, and a kill in between
   * would give the same id to another schema. A semicolon in the path would start a new setting.
   */
  static String h2Url(Path database) {
    return "jdbc:h2:file:" + database.toString().replace(";", "\\;") + ";WRITE_DELAY=0";
  }

  private static void setting(List<String> argv, String key, Object value) {
    argv.add("-D" + key + "=" + value);
  }
}
