package io.tocsin.bench;

import io.tocsin.embedded.DirectoryTree;
import io.tocsin.embedded.Ports;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A fresh broker for one fleet, and what runs beside it. */
public final class Installation implements AutoCloseable {

  private static final Duration READY_LIMIT = Duration.ofSeconds(120);
  private static final List<String> BROKER_JVM =
      List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

  private final Path directory;
  private final Path logs;
  private final int threads;
  private final Cluster cluster;
  private final PartProcess broker;

  private Installation(
      Path directory, Path logs, int threads, Cluster cluster, PartProcess broker) {
    this.directory = directory;
    this.logs = logs;
    this.threads = threads;
    this.cluster = cluster;
    this.broker = broker;
  }

  /** Starts a broker with all topics. */
  public static Installation start(Path directory, int threads, String registryUrl)
      throws IOException, InterruptedException {
    Path logs = Files.createDirectories(directory.resolve("logs"));
    Path kafka = Files.createDirectories(directory.resolve("kafka"));
    List<Integer> ports = Ports.free(2);
    Cluster cluster = new Cluster(Ports.LOOPBACK + ":" + ports.get(0), registryUrl);
    List<String> arguments =
        arguments(
            Part.BROKER,
            kafka,
            logs,
            List.of("--kafka-port=" + ports.get(0), "--controller-port=" + ports.get(1)));
    PartProcess broker = PartProcess.java("broker", BROKER_JVM, logs, arguments);
    try {
      broker.await("ready", READY_LIMIT);
      BenchTopics.create(cluster);
      return new Installation(directory, logs, threads, cluster, broker);
    } catch (RuntimeException | InterruptedException failed) {
      broker.close();
      throw failed;
    }
  }

  private static List<String> arguments(Part part, Path directory, Path logs, List<String> more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("bench-part");
    arguments.add(part.name());
    arguments.add("--directory=" + directory);
    arguments.add("--logs=" + logs.resolve(part.name().toLowerCase(Locale.ROOT)));
    arguments.addAll(more);
    return arguments;
  }

  /** Starts another part beside the streams' state and waits until it works. */
  public PartProcess start(Part part, List<String> jvm) throws InterruptedException {
    return start(part, state(), jvm);
  }

  /**
   * Starts another part and waits until it works.
   *
   * @param place directory of its own files
   * @param jvm flags of its Java machine
   */
  public PartProcess start(Part part, Path place, List<String> jvm) throws InterruptedException {
    List<String> more =
        List.of(
            "--bootstrap=" + cluster.bootstrapServers(),
            "--registry=" + cluster.registryUrl(),
            "--threads=" + threads);
    String name = part.name().toLowerCase(Locale.ROOT);
    PartProcess process = PartProcess.java(name, jvm, logs, arguments(part, place, logs, more));
    try {
      process.await("ready", READY_LIMIT);
      return process;
    } catch (RuntimeException | InterruptedException failed) {
      process.close();
      throw failed;
    }
  }

  /** Where the broker and the registry are. */
  public Cluster cluster() {
    return cluster;
  }

  /** The broker. */
  public PartProcess broker() {
    return broker;
  }

  /** Where the streams keep their state. */
  public Path state() {
    return directory.resolve("streams");
  }

  /** Deletes what a stopped installation kept, but not its logs. */
  public static void deleteData(Path directory) throws IOException {
    DirectoryTree.delete(directory.resolve("kafka"));
    DirectoryTree.delete(directory.resolve("streams"));
    DirectoryTree.delete(directory.resolve("alerting"));
  }

  /** Size of all files below a directory, but for those that go while it looks. */
  static long bytesBelow(Path directory) {
    long[] sum = {0};
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE; // files come and go while a store compacts
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException gone) {
              return FileVisitResult.CONTINUE; // as above
            }
          });
    } catch (IOException gone) {
      // Each is dealt with above; what was counted stands.
    }
    return sum[0];
  }

  @Override
  public void close() {
    broker.close();
  }
}
