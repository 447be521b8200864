package io.tocsin.cluster;

import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A KRaft cluster of three brokers, three copies of everything, two of which have to be there for a
 * write.
 *
 * <p>Controllers have processes and hosts of their own: where they are one with brokers, each
 * broker that is lost may be the active controller as well, and nobody gets a new leader before
 * there is a new controller; that is twice the gap.
 */
final class Brokers implements AutoCloseable {

  static final int COUNT = 3;
  private static final int PORT = 9092;
  private static final int CONTROLLER_PORT = 9093;
  private static final int FIRST_CONTROLLER = 101;
  private static final Duration PATIENCE = Duration.ofSeconds(300);

  private final int quorum;
  private final List<Host> hosts = new ArrayList<>();
  private final List<Host> controllerHosts = new ArrayList<>();
  private final List<Part> brokers = new ArrayList<>();
  private final List<Part> controllers = new ArrayList<>();

  /**
   * Formats the disks of a new cluster; nothing is started.
   *
   * @param quorum how many controllers, 1 or 3; brokers go on without one, but nobody new leads
   *     then
   */
  Brokers(Hosts machines, Path directory, int quorum) throws Exception {
    this.quorum = quorum;
    Path logging = Java.logging(Files.createDirectories(directory));
    String id = Uuid.randomUuid().toString();
    for (int i = 1; i <= COUNT; i++) {
      hosts.add(machines.host("kafka" + i));
    }
    for (int i = 1; i <= quorum; i++) {
      controllerHosts.add(machines.host("controller" + i));
    }
    for (int i = 0; i < quorum; i++) {
      Path at = directory.resolve("controller" + (i + 1));
      Host host = controllerHosts.get(i);
      controllers.add(
          part(
              at,
              host,
              "controller" + (i + 1),
              128,
              logging,
              controller(i, at.resolve("data")),
              id));
    }
    for (int i = 0; i < COUNT; i++) {
      Path at = directory.resolve("kafka" + (i + 1));
      brokers.add(
          part(
              at,
              hosts.get(i),
              "kafka" + (i + 1),
              320,
              logging,
              broker(i, at.resolve("data")),
              id));
    }
  }

  private Part part(
      Path at,
      Host host,
      String name,
      int heapMb,
      Path logging,
      Map<String, Object> settings,
      String clusterId)
      throws Exception {
    Files.createDirectories(at);
    Path file =
        Files.writeString(
            at.resolve("server.properties"),
            settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining()));
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(clusterId)
        .setNodeId((int) settings.get("node.id"))
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.latestProduction())
        .addDirectory(settings.get("log.dirs").toString())
        .setMetadataLogDirectory(settings.get("log.dirs").toString())
        .run();
    return new Part(name, host, at, Java.server(heapMb, logging, "kafka.Kafka", file.toString()));
  }

  private Map<String, Object> common(Path data) {
    Map<String, Object> s = new LinkedHashMap<>();
    s.put(
        "controller.quorum.voters",
        IntStream.range(0, quorum)
            .mapToObj(
                i ->
                    FIRST_CONTROLLER
                        + i
                        + "@"
                        + controllerHosts.get(i).address()
                        + ":"
                        + CONTROLLER_PORT)
            .collect(Collectors.joining(",")));
    s.put("controller.listener.names", "CONTROLLER");
    s.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    s.put("log.dirs", data);
    // A controller that is silent for so long is replaced; the defaults are 2 s and 1 s.
    s.put("controller.quorum.fetch.timeout.ms", 2_000);
    s.put("controller.quorum.election.timeout.ms", 1_000);
    s.put("metadata.log.segment.bytes", 8 << 20);
    // A broker that is silent for so long loses what it leads. The default, 9 s, would be most of
    // the time for which nothing is heard of what it led.
    s.put("broker.heartbeat.interval.ms", 500);
    s.put("broker.session.timeout.ms", 2_500);
    s.put("default.replication.factor", COUNT);
    s.put("min.insync.replicas", 2);
    return s;
  }

  private Map<String, Object> controller(int index, Path data) {
    Map<String, Object> s = common(data);
    s.put("process.roles", "controller");
    s.put("node.id", FIRST_CONTROLLER + index);
    s.put(
        "listeners",
        "CONTROLLER://" + controllerHosts.get(index).address() + ":" + CONTROLLER_PORT);
    return s;
  }

  private Map<String, Object> broker(int index, Path data) {
    Map<String, Object> s = common(data);
    String address = hosts.get(index).address();
    s.put("process.roles", "broker");
    s.put("node.id", index + 1);
    s.put("broker.rack", "rack" + (index + 1));
    s.put("listeners", "PLAINTEXT://" + address + ":" + PORT);
    s.put("advertised.listeners", "PLAINTEXT://" + address + ":" + PORT);
    s.put("auto.create.topics.enable", false);
    // Where groups and transactions are kept has to outlive a broker as well.
    s.put("offsets.topic.replication.factor", COUNT);
    s.put("transaction.state.log.replication.factor", COUNT);
    s.put("transaction.state.log.min.isr", 2);
    s.put("share.coordinator.state.topic.replication.factor", COUNT);
    s.put("share.coordinator.state.topic.min.isr", 2);
    s.put("offsets.topic.num.partitions", 6);
    s.put("transaction.state.log.num.partitions", 6);
    s.put("share.coordinator.state.topic.num.partitions", 1);
    s.put("offsets.retention.minutes", 365 * 24 * 60);
    s.put("group.initial.rebalance.delay.ms", 0);
    // A follower that is cut off holds acknowledgements up until it counts as behind (default 30
    // s).
    s.put("replica.lag.time.max.ms", 5_000);
    // Who is in step, and whether a transaction is open or over, brokers ask each other and the
    // controller; by default somebody who is silent is waited for for 30 s.
    s.put("controller.socket.timeout.ms", 3_000);
    s.put("replica.socket.timeout.ms", 5_000);
    s.put("request.timeout.ms", 5_000);
    // A dead client's open transaction holds back readers until it is aborted: look each second.
    s.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", 1_000);
    s.put("log.cleaner.dedupe.buffer.size", 4L << 20);
    s.put("log.segment.bytes", 64 << 20);
    s.put("log.index.size.max.bytes", 1 << 20);
    s.put("num.network.threads", 2);
    s.put("num.io.threads", 4);
    s.put("background.threads", 2);
    s.put("group.coordinator.threads", 1);
    s.put("share.coordinator.threads", 1);
    return s;
  }

  /** Starts all; {@link #awaitRunning} waits for them. */
  void start() throws Exception {
    for (Part controller : controllers) {
      controller.start();
    }
    for (Part broker : brokers) {
      broker.start();
    }
  }

  /** Until all brokers are members. */
  void awaitRunning() {
    await("three brokers")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> members() == COUNT);
  }

  /** How many brokers the cluster has right now. */
  int members() throws Exception {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(
                "bootstrap.servers",
                address(),
                "default.api.timeout.ms",
                30_000,
                "request.timeout.ms",
                15_000))) {
      return admin.describeCluster().nodes().get(40, TimeUnit.SECONDS).size();
    }
  }

  /** Whether all partitions have all their copies: another one may be missed now. */
  boolean areInStep() throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", address()))) {
      Set<String> topics =
          admin
              .listTopics(new ListTopicsOptions().listInternal(true))
              .names()
              .get(40, TimeUnit.SECONDS);
      return admin
          .describeTopics(topics)
          .allTopicNames()
          .get(40, TimeUnit.SECONDS)
          .values()
          .stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == partition.replicas().size());
    }
  }

  /** For {@code bootstrap.servers}. */
  String address() {
    return hosts.stream().map(host -> host.address() + ":" + PORT).collect(Collectors.joining(","));
  }

  List<Part> brokers() {
    return brokers;
  }

  List<Part> controllers() {
    return controllers;
  }

  @Override
  public void close() {
    brokers.forEach(Part::close);
    controllers.forEach(Part::close);
  }
}
