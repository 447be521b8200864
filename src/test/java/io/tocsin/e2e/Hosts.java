package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Directories that stand for hosts, each with an instance of the streams and a link {@code current}
 * to the version that it runs; and the operator's command that puts a version there.
 */
final class Hosts implements AutoCloseable {

  private final Path directory;
  private final List<String> names;
  private final List<Integer> ports;

  Hosts(Path directory, Cluster cluster, List<String> names) throws IOException {
    this.directory = directory;
    this.names = names;
    this.ports = TestInstallation.freePorts(names.size());
    for (int i = 0; i < names.size(); i++) {
      Path host = Files.createDirectories(directory.resolve(names.get(i)));
      Files.writeString(
          host.resolve("streams.yaml"),
          """
          data-dir: %s
          cluster: {bootstrap-servers: "%s", registry: "%s"}
          streams: {instance-id: %s, threads: 1, replication-factor: 1, http: {port: %d}}
          """
              .formatted(
                  host.resolve("data"),
                  cluster.bootstrapServers(),
                  cluster.registryUrl(),
                  names.get(i),
                  ports.get(i)));
    }
    Path command =
        Files.writeString(
            directory.resolve("switch"),
            """
            #!/bin/sh
            # switch HOST VERSION: ends what runs there, points current at the version, starts it.
            set -eu
            cd "$(dirname "$0")/$1"
            if [ -s pid ]; then
              kill "$(cat pid)" 2>/dev/null || true
              for i in $(seq 150); do kill -0 "$(cat pid)" 2>/dev/null || break; sleep 0.1; done
              kill -9 "$(cat pid)" 2>/dev/null || true
            fi
            ln -sfn "../versions/$2" current
            setsid ./current/tocsin streams --config streams.yaml >>log 2>&1 </dev/null &
            echo $! >pid
            """);
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  List<Integer> ports() {
    return ports;
  }

  Versions versions() {
    return new Versions(directory.resolve("versions"));
  }

  /** All of them get a version, at the same time. */
  void putEverywhere(String version) throws IOException, InterruptedException {
    for (String name : names) {
      RealPart.run(directory.resolve("switch").toString(), name, version);
    }
  }

  /** The version that a host's link names. */
  String current(String name) throws IOException {
    return Files.readSymbolicLink(directory.resolve(name).resolve("current"))
        .getFileName()
        .toString();
  }

  /** A plan: the first, the second, all the others. */
  Path plan(int apiPort) throws IOException {
    StringBuilder targets = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      targets.append(
          "  - {name: %s, health: \"http://127.0.0.1:%d\"}%n"
              .formatted(names.get(i), ports.get(i)));
    }
    StringBuilder steps = new StringBuilder();
    List<List<String>> parts = new ArrayList<>();
    names.subList(0, Math.min(2, names.size())).forEach(name -> parts.add(List.of(name)));
    if (names.size() > 2) {
      parts.add(names.subList(2, names.size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      steps.append(
          "  - {name: step-%d, targets: [%s], bake: 30s}%n"
              .formatted(i + 1, String.join(", ", parts.get(i))));
    }
    return Files.writeString(
        directory.resolve("plan.yaml"),
        """
        api: ["http://127.0.0.1:%d"]
        deploy: {run: [./switch, "{target}", "{version}"], within: 60s}
        targets:
        %ssteps:
        %schecks: {before: 2s, every: 1s, tolerate: 3, ready-within: 180s, back-bake: 2s}
        limits: {lag: 200, lag-stalled: 8s, refusals: 100000}
        """
            .formatted(apiPort, targets, steps));
  }

  /** What an instance printed, for the message of an assertion. */
  String log(String name) {
    try {
      return Files.readString(directory.resolve(name).resolve("log"));
    } catch (IOException none) {
      return "no log";
    }
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> all = new ArrayList<>();
    for (String name : names) {
      Path pid = directory.resolve(name).resolve("pid");
      if (Files.exists(pid)) {
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(all::add);
      }
    }
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    assertThat(all).noneMatch(ProcessHandle::isAlive);
  }
}
