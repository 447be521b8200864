package io.tocsin.cluster;

import io.tocsin.alerting.healing.signature.PlanKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tocsin's own stages, each with a file of its own as people write it. All of them are told of the
 * same cluster, and of a network of which the test is a part.
 */
final class Stages {

  /**
   * A check that times out tells people, too, so a machine that many tests share has to be given
   * time.
   */
  private static final String PACE =
      Boolean.getBoolean("tocsin.trial.slow")
          ? "interval: 3s, timeout: 2900ms"
          : "interval: 2s, timeout: 1500ms";

  private final Hosts hosts;
  private final Path directory;
  private final String cluster;
  private final PlanKeys keys;

  /**
   * Stages of a cluster; none is made.
   *
   * @param brokers {@code bootstrap.servers}
   * @param registry base URL of the registry
   */
  Stages(Hosts hosts, Path directory, String brokers, String registry) throws IOException {
    this.hosts = hosts;
    this.directory = Files.createDirectories(directory);
    this.cluster = "{bootstrap-servers: \"%s\", registry: \"%s\"}".formatted(brokers, registry);
    this.keys = PlanKeys.createMissing(directory.resolve("keys"));
  }

  /** A file of a stage, which begins with what all of them say. */
  private Path file(String name, String more) throws IOException {
    Path at = Files.createDirectories(directory.resolve(name));
    return Files.writeString(
        at.resolve("tocsin.yaml"),
        "data-dir: %s%ncluster: %s%n%s".formatted(at.resolve("data"), cluster, more));
  }

  private Part part(String name, Path file, String command, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command, "--config", file.toString()));
    arguments.addAll(List.of(more));
    return new Part(
        name,
        hosts.host(name),
        directory.resolve(name),
        Java.tocsin(arguments.toArray(String[]::new)));
  }

  /** Makes topics of three copies, and registers schemas; ends by itself. */
  Part topics() throws Exception {
    return part(
        "topics",
        file("topics", "streams: {replication-factor: 3}\n"),
        "streams",
        "--create-topics");
  }

  /** One instance of the streams; the other has a copy of its state at hand. */
  Part streams(String name) throws Exception {
    return part(
        name,
        file(
            name,
            """
            streams:
              instance-id: %s
              threads: 1
              standbys: 1
              replication-factor: 3
              commit-interval: 500ms # ten a second would be a third of what brokers of two cores can do
              http: {host: %s, port: 18082}
            """
                .formatted(name, hosts.host(name).address())),
        "streams");
  }

  /**
   * Hands the job over; ends by itself.
   *
   * @param flink REST address of the cluster
   * @param heals file to which the only action appends a line
   */
  Part alerting(String flink, Path heals, List<String> targets) throws Exception {
    return part(
        "alerting",
        file(
            "alerting",
            """
            alerting: {parallelism: 2, flink: "%s"}
            rules:
              - name: service-down
                signal: health
                when: "!up"
                clear-for: 2s
                summary: "{resource} is down"
            %s"""
                .formatted(flink, healing(heals, targets))),
        "alerting");
  }

  /** One of a pair that may act. */
  Part responder(String name, Path heals, List<String> targets) throws Exception {
    return part(name, file(name, healing(heals, targets)), "respond", "--standby");
  }

  /** Appends the incident to a file, forced to disk; bounds are so wide that none refuses. */
  private String healing(Path heals, List<String> targets) {
    return """
        healing:
          mode: auto
          signing: {private-key: "%s", public-key: "%s"}
          autonomy: {below: 0}
          rate: {actions: 10000, within: 1m}
          blast-radius:
            per-service: {count: 1000}
            per-host: {count: 1000}
            per-zone: {count: 1000}
            total: {count: 1000}
          evidence: {min-healthy-share: 0, min-known-share: 0}
          actions:
            - name: touch
              does:
                exec:
                  argv: [/bin/sh, -c, 'echo "$TOCSIN_INCIDENT $TOCSIN_EPOCH" >> "$0"; sync "$0"', "%s"]
              targets: [%s]
              timeout: 5s
              cooldown: 0s
              max-attempts: 1
              verify: {by: probes, healthy-probes: 1, within: 60s}
        """
            .formatted(
                keys.privateKey(),
                keys.publicKey(),
                heals,
                targets.stream().map(id -> "endpoint/" + id).collect(Collectors.joining(", ")))
        + checks(targets, "http://127.0.0.1");
  }

  /** One of a pair that may tell people, by one channel. */
  Part notifier(String name, Path secret, String hook) throws Exception {
    return part(
        name,
        file(
            name,
            """
            notifications:
              allow-private: ["198.18.0.0/15"]
              channels:
                - name: hook
                  via: {webhook: {url: "%s", secret: {file: "%s"}}}
                  budget: {messages: 100000, within: 1m}
              route: {channels: [hook]}
            """
                .formatted(hook, secret)),
        "notifier",
        "--standby");
  }

  /**
   * The recorder.
   *
   * @param store the section {@code history:}
   */
  Part recorder(String store) throws Exception {
    return part("record", file("record", store), "record");
  }

  /** An agent whose checks are those of {@link #checks}. */
  Part agent(String name) throws Exception {
    Path file = directory.resolve(name).resolve("tocsin.yaml");
    return new Part(
        name,
        hosts.host(name),
        directory.resolve(name),
        Java.agent("collect", "--config", file.toString()));
  }

  /** What an agent checks from its next start or hang-up on. */
  void checks(String agent, List<String> ids, String url) throws IOException {
    file(agent, "agent: {id: %s}%n".formatted(agent) + checks(ids, url));
  }

  private static String checks(List<String> ids, String url) {
    StringBuilder checks = new StringBuilder("checks:\n");
    for (String id : ids) {
      checks.append(
          "  - {id: %s, service: %s, tier: core, %s, retries: 0, http: {url: \"%s/%s\"}}\n"
              .formatted(id, id, PACE, url, id));
    }
    return checks.toString();
  }
}
