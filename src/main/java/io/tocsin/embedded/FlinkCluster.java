package io.tocsin.embedded;

import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.schemas.tls.TlsTrouble;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink cluster elsewhere, to which a job is handed over with the code it needs. Where its
 * checkpoints go and what its state is kept in are the cluster's own settings.
 */
public final class FlinkCluster {

  private static final int USUAL_PORT = 8081;
  private static final int USUAL_TLS_PORT = 443;

  /**
   * Jars that the job does not need: Flink's own, which the cluster has, and those of the parts
   * that run in this program only.
   */
  private static final List<String> STAY_HERE =
      List.of(
          "async-profiler",
          "bcp",
          "bcutil",
          "commons-",
          "docker-java",
          "flink-annotations",
          "flink-clients",
          "flink-connector-datagen",
          "flink-core",
          "flink-datastream",
          "flink-file",
          "flink-hadoop",
          "flink-metrics",
          "flink-queryable",
          "flink-rpc",
          "flink-runtime",
          "flink-shaded",
          "flink-streaming",
          "grpc-",
          "influxdb-",
          "jakarta.",
          "javalin",
          "jetty-",
          "jna",
          "kafka-group",
          "kafka-metadata",
          "kafka-raft",
          "kafka-server",
          "kafka-share",
          "kafka-storage",
          "kafka-streams",
          "kafka-tools",
          "kafka-transaction",
          "kafka_",
          "kotlin-",
          "kryo",
          "log4j-",
          "logback-",
          "okhttp",
          "okio",
          "postgresql",
          "questdb",
          "retrofit",
          "rocksdbjni",
          "rxjava",
          "scala-",
          "slf4j-",
          "tocsin-collectors",
          "tocsin-streams");

  private final URI rest;
  private final ClientTls tls;

  /**
   * A cluster; nothing is asked yet.
   *
   * @param rest address of its REST API
   * @param tls how that is known, and what is shown to it; null for http, or for authorities that
   *     Java knows
   */
  public FlinkCluster(URI rest, ClientTls tls) {
    this.rest = rest;
    this.tls = tls;
  }

  /**
   * Hands a job over; returns when the cluster has it.
   *
   * @param settings the job's own options
   * @param job builds the pipeline on the environment it is given
   * @param savepoint where to go on from; null to begin anew
   * @return Flink's id of the job
   * @throws PartFailure if the cluster does not answer, or refuses
   */
  public String submit(
      String name,
      Configuration settings,
      Consumer<StreamExecutionEnvironment> job,
      String savepoint)
      throws PartFailure {
    boolean isTls = "https".equalsIgnoreCase(rest.getScheme());
    int usual = isTls ? USUAL_TLS_PORT : USUAL_PORT;
    int port = rest.getPort() < 0 ? usual : rest.getPort();
    try (FlinkRestTls way = FlinkRestTls.to(rest, tls)) {
      Configuration reach = new Configuration(settings);
      reach.addAll(way.settings());
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.createRemoteEnvironment(
              rest.getHost(), port, reach, jars().toArray(String[]::new));
      job.accept(env);
      StreamGraph graph = env.getStreamGraph();
      graph.setJobName(name);
      if (savepoint != null) {
        graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint, false));
      }
      return env.executeAsync(graph).getJobID().toHexString();
    } catch (Exception refused) {
      throw new PartFailure(
          "flink",
          "the cluster at "
              + rest
              + " did not take job "
              + name
              + ": "
              + TlsTrouble.of(refused).orElse(PartFailure.reason(refused)),
          refused);
    }
  }

  /** What has to go with the job. */
  static List<String> jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.endsWith(".jar"))
        .filter(
            path -> {
              String name = Path.of(path).getFileName().toString();
              return STAY_HERE.stream().noneMatch(name::startsWith);
            })
        .map(path -> Path.of(path).toAbsolutePath().toString())
        .toList();
  }
}
