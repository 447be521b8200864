package io.tocsin.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Flink cluster that can miss any one process: two job managers, two task managers, and three
 * ZooKeepers by which the job managers agree. With the settings that {@code deploy/flink} ships.
 */
final class FlinkPair implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SHIPPED = Path.of("../deploy/flink/config.yaml").toAbsolutePath();
  private static final int REST = 8081;
  private static final int ZOOKEEPER = 2181;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Path directory;
  private final Path logging;
  private final List<Part> zookeepers = new ArrayList<>();
  private final List<Part> jobManagers = new ArrayList<>();
  private final List<Part> taskManagers = new ArrayList<>();

  /**
   * Prepares it; nothing is started.
   *
   * @param available whether a job manager may be missed; otherwise there is one, and no ZooKeeper
   */
  FlinkPair(Hosts hosts, Path parent, boolean available) throws Exception {
    this.directory = Files.createDirectories(parent.resolve("flink"));
    this.logging = Java.logging(directory);
    List<String> agreed = new ArrayList<>();
    if (available) {
      List<Host> quorum = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        quorum.add(hosts.host("zookeeper" + i));
      }
      for (int i = 0; i < quorum.size(); i++) {
        zookeepers.add(zookeeper(quorum, i));
      }
      agreed.add(
          "high-availability.zookeeper.quorum="
              + quorum.stream()
                  .map(host -> host.address() + ":" + ZOOKEEPER)
                  .collect(Collectors.joining(",")));
      agreed.add("high-availability.storageDir=" + shared("ha"));
      agreed.add("high-availability.cluster-id=/tocsin");
    } else {
      agreed.add("high-availability.type=NONE");
      agreed.add("jobmanager.rpc.address=" + hosts.host("jobs1").address());
    }
    // A machine that many tests share takes longer to answer than one that is anybody's own.
    agreed.add("pekko.ask.timeout=30s");
    agreed.add("pekko.startup-timeout=200s");
    if (Boolean.getBoolean("tocsin.trial.slow")) {
      agreed.add("heartbeat.timeout=60s");
    }
    for (int i = 1; i <= (available ? 2 : 1); i++) {
      Host host = hosts.host("jobs" + i);
      jobManagers.add(
          process(
              "jobs" + i,
              host,
              256,
              agreed,
              "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
              List.of(
                  "jobmanager.rpc.address=" + host.address(),
                  "jobmanager.bind-host=" + host.address(),
                  "jobmanager.memory.process.size=700m",
                  "rest.address=" + host.address(),
                  "rest.bind-address=" + host.address(),
                  "rest.port=" + REST)));
    }
    for (int i = 1; i <= 2; i++) {
      Host host = hosts.host("tasks" + i);
      taskManagers.add(
          process(
              "tasks" + i,
              host,
              328,
              agreed,
              "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
              List.of(
                  "taskmanager.host=" + host.address(),
                  "taskmanager.bind-host=" + host.address(),
                  "taskmanager.resource-id=tasks" + i,
                  "taskmanager.cpu.cores=2.0",
                  "taskmanager.memory.task.heap.size=200m",
                  "taskmanager.memory.task.off-heap.size=0m",
                  "taskmanager.memory.framework.heap.size=128m",
                  "taskmanager.memory.framework.off-heap.size=64m",
                  "taskmanager.memory.jvm-metaspace.size=256m",
                  "taskmanager.memory.jvm-overhead.min=192m",
                  "taskmanager.memory.jvm-overhead.max=192m",
                  "taskmanager.memory.managed.size=64m",
                  "taskmanager.memory.network.min=32m",
                  "taskmanager.memory.network.max=32m")));
    }
  }

  private Part zookeeper(List<Host> quorum, int index) throws IOException {
    Host host = quorum.get(index);
    Path at = Files.createDirectories(directory.resolve(host.name()));
    StringBuilder settings =
        new StringBuilder(
            """
            tickTime=2000
            initLimit=10
            syncLimit=3
            dataDir=%s
            clientPort=%d
            clientPortAddress=%s
            admin.enableServer=false
            """
                .formatted(at.resolve("data"), ZOOKEEPER, host.address()));
    for (int i = 0; i < quorum.size(); i++) {
      settings.append("server.%d=%s:2888:3888%n".formatted(i + 1, quorum.get(i).address()));
    }
    List<String> command = jvm(64);
    command.addAll(
        List.of(
            "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
            "--zkConfigFile",
            Files.writeString(at.resolve("zoo.cfg"), settings).toString(),
            "--peerId",
            Integer.toString(index + 1)));
    return new Part(host.name(), host, at, command);
  }

  private Part process(
      String name, Host host, int heapMb, List<String> agreed, String main, List<String> own)
      throws IOException {
    Path at = Files.createDirectories(directory.resolve(name));
    Files.copy(SHIPPED, at.resolve("config.yaml"));
    List<String> command = jvm(heapMb);
    command.addAll(List.of(main, "--configDir", at.toString()));
    List<String> settings = new ArrayList<>(own);
    settings.addAll(agreed);
    settings.add("execution.checkpointing.dir=" + shared("checkpoints"));
    settings.add("execution.checkpointing.savepoint-dir=" + shared("savepoints"));
    settings.add("io.tmp.dirs=" + Files.createDirectories(at.resolve("tmp")));
    for (String setting : settings) {
      command.addAll(List.of("-D", setting));
    }
    return new Part(name, host, at, command);
  }

  private URI shared(String what) throws IOException {
    return Files.createDirectories(directory.resolve(what)).toUri();
  }

  private List<String> jvm(int heapMb) {
    List<String> command = Java.small(heapMb);
    command.add("-Dlogback.configurationFile=" + logging);
    command.add("-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tocsin.schemas");
    for (String opened : List.of("java.lang", "java.util", "java.time", "java.nio")) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", Path.of("target/flink").toAbsolutePath() + "/*"));
    return command;
  }

  /** Starts ZooKeeper if there is any; first, as the others give up without it. */
  void startZookeepers() throws IOException {
    for (Part each : zookeepers) {
      each.start();
    }
  }

  /** Starts all the others. */
  void start() throws IOException {
    for (Part each : jobManagers) {
      each.start();
    }
    for (Part each : taskManagers) {
      each.start();
    }
  }

  /** Until one job manager leads both task managers. */
  void awaitRunning() {
    await("two task managers")
        .atMost(Duration.ofSeconds(300))
        .ignoreExceptions()
        .until(() -> ask("/overview").path("taskmanagers").asInt() == 2);
  }

  /** Until the job of a name runs as a whole, and once. */
  void awaitJob(String name) {
    await("job " + name)
        .atMost(Duration.ofSeconds(300))
        .ignoreExceptions()
        .until(() -> running(name) == 1);
  }

  private int running(String name) throws IOException, InterruptedException {
    int running = 0;
    for (JsonNode job : ask("/jobs/overview").path("jobs")) {
      JsonNode tasks = job.path("tasks");
      if (job.path("name").asText().equals(name)
          && job.path("state").asText().equals("RUNNING")
          && tasks.path("running").asInt() == tasks.path("total").asInt()) {
        running++;
      }
    }
    return running;
  }

  /** The task manager that has the first task of a job. */
  Part taskManagerOf(String name) throws IOException, InterruptedException {
    for (JsonNode job : ask("/jobs/overview").path("jobs")) {
      if (job.path("name").asText().equals(name) && job.path("state").asText().equals("RUNNING")) {
        String path = "/jobs/" + job.path("jid").asText();
        String vertex = ask(path).path("vertices").path(0).path("id").asText();
        JsonNode task = ask(path + "/vertices/" + vertex).path("subtasks").path(0);
        return taskManagers.stream()
            .filter(each -> each.name().equals(task.path("taskmanager-id").asText()))
            .findFirst()
            .orElseThrow(() -> new IOException("no task manager of ours has " + task));
      }
    }
    throw new IOException("no job " + name + " runs");
  }

  /** What the first job manager that answers says. */
  JsonNode ask(String path) throws IOException, InterruptedException {
    IOException last = null;
    for (Part each : jobManagers) {
      try {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(address(each) + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return JSON.readTree(answer.body());
        }
        last = new IOException(each + " said " + answer.statusCode() + " " + answer.body());
      } catch (IOException silent) {
        last = silent;
      }
    }
    throw last;
  }

  /** For {@code alerting.flink}. */
  String address() {
    return address(jobManagers.get(0));
  }

  private static String address(Part jobManager) {
    return "http://" + jobManager.host().address() + ":" + REST;
  }

  /** Every process of it. */
  List<Part> parts() {
    List<Part> all = new ArrayList<>(zookeepers);
    all.addAll(jobManagers);
    all.addAll(taskManagers);
    return all;
  }

  List<Part> jobManagers() {
    return jobManagers;
  }

  List<Part> taskManagers() {
    return taskManagers;
  }

  @Override
  public void close() {
    parts().forEach(Part::close);
  }
}
