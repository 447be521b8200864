package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Flink cluster of two processes, a job manager and a task manager, on the jars that a Flink
 * distribution has and none of ours: what a job needs beside them has to come with it.
 */
final class FlinkProcesses implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Pattern DISTRIBUTION =
      Pattern.compile(
          "(flink-(annotations|clients|core|datastream|file|metrics|queryable|rpc|runtime|shaded"
              + "|streaming|hadoop|connector-datagen)|slf4j|logback|commons-|kryo|objenesis|minlog"
              + "|reflectasm|snakeyaml-engine|lz4|snappy|zstd|asm|async-profiler|jsr305|javassist).*");

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private final Path directory;
  private final int rest;

  private FlinkProcesses(Path directory, int rest) {
    this.directory = directory;
    this.rest = rest;
  }

  static FlinkProcesses start(Path directory) throws IOException {
    List<Integer> ports = TestInstallation.freePorts(2);
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("config.yaml"),
        """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.rpc.port: %d
        jobmanager.bind-host: 127.0.0.1
        jobmanager.memory.process.size: 768m
        rest.address: 127.0.0.1
        rest.port: %d
        rest.bind-address: 127.0.0.1
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        taskmanager.numberOfTaskSlots: 2
        taskmanager.cpu.cores: 2.0
        taskmanager.memory.task.heap.size: 200m
        taskmanager.memory.task.off-heap.size: 0m
        taskmanager.memory.framework.heap.size: 128m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.jvm-metaspace.size: 256m
        taskmanager.memory.jvm-overhead.min: 192m
        taskmanager.memory.jvm-overhead.max: 192m
        taskmanager.memory.managed.size: 32m
        taskmanager.memory.network.min: 32m
        taskmanager.memory.network.max: 32m
        execution.checkpointing.dir: %s
        io.tmp.dirs: %s
        """
            .formatted(
                ports.get(0),
                ports.get(1),
                directory.resolve("checkpoints").toUri(),
                Files.createDirectories(directory.resolve("tmp"))));
    FlinkProcesses flink = new FlinkProcesses(directory, ports.get(1));
    try {
      flink.launch("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
      flink.launch("org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
      await("a task manager")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> flink.get("/overview").contains("\"taskmanagers\":1"));
      return flink;
    } catch (IOException | RuntimeException failed) {
      flink.close();
      throw failed;
    }
  }

  private void launch(String main) throws IOException {
    String jars;
    try (Stream<Path> all = Files.list(Path.of("target/lib"))) {
      jars =
          all.filter(jar -> DISTRIBUTION.matcher(jar.getFileName().toString()).matches())
              .map(jar -> jar.toAbsolutePath().toString())
              .sorted()
              .collect(Collectors.joining(":"));
    }
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "-Xmx400m",
            "-XX:+UseSerialGC",
            "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tocsin.schemas",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "-cp",
            jars,
            main,
            "--configDir",
            directory.toString()));
    String name = main.substring(main.lastIndexOf('.') + 1);
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile())
            .start());
  }

  String address() {
    return "http://127.0.0.1:" + rest;
  }

  String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** Stops the one job that runs, and gives the path of the savepoint that it leaves. */
  String stopWithSavepoint(Path target) throws IOException, InterruptedException {
    ObjectMapper json = new ObjectMapper();
    String job = null;
    for (JsonNode each : json.readTree(get("/jobs")).path("jobs")) {
      job = each.path("status").asText().equals("RUNNING") ? each.path("id").asText() : job;
    }
    HttpRequest stop =
        HttpRequest.newBuilder(URI.create(address() + "/jobs/" + job + "/stop"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"drain\": false, \"targetDirectory\": \"%s\"}".formatted(target.toUri())))
            .build();
    String trigger =
        json.readTree(http.send(stop, BodyHandlers.ofString()).body()).path("request-id").asText();
    String progress = "/jobs/" + job + "/savepoints/" + trigger;
    JsonNode done =
        await("a savepoint")
            .atMost(PATIENCE)
            .until(
                () -> json.readTree(get(progress)),
                answer -> answer.path("status").path("id").asText().equals("COMPLETED"));
    assertThat(done.path("operation").path("location").asText()).as(done::toString).isNotEmpty();
    return done.path("operation").path("location").asText();
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
