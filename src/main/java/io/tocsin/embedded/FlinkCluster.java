package io.tocsin.embedded;

import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.schemas.tls.TlsTrouble;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink cluster elsewhere, to which a job is handed over with the code it needs. Where its
 * checkpoints go and what its state is kept in are the cluster's own settings.
 */
public final class FlinkCluster {

  private static final int USUAL_PORT = 8081;
  private static final int USUAL_TLS_PORT = 443;
  private static final long ANSWERS_WITHIN_S = 60;

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
   * Id of the job of a name that the cluster runs, or is about to; empty if there is none.
   *
   * @throws PartFailure if the cluster does not answer
   */
  public Optional<String> running(String name) throws PartFailure {
    Configuration settings = new Configuration();
    settings.set(RestOptions.ADDRESS, rest.getHost());
    settings.set(RestOptions.PORT, port());
    settings.set(JobManagerOptions.ADDRESS, rest.getHost());
    settings.set(RestOptions.RETRY_MAX_ATTEMPTS, 3);
    try (FlinkRestTls way = FlinkRestTls.to(rest, tls);
        RestClusterClient<StandaloneClusterId> client =
            new RestClusterClient<>(with(settings, way), StandaloneClusterId.getInstance())) {
      return client.listJobs().get(ANSWERS_WITHIN_S, TimeUnit.SECONDS).stream()
          .filter(job -> job.getJobName().equals(name))
          .filter(job -> !job.getJobState().isGloballyTerminalState())
          .map(job -> job.getJobId().toHexString())
          .findFirst();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new PartFailure("flink", "asking the cluster was interrupted", hurry);
    } catch (Exception silent) {
      throw new PartFailure(
          "flink",
          "the cluster at "
              + rest
              + " does not say what it runs: "
              + TlsTrouble.of(silent).orElse(PartFailure.reason(silent))
              + "; is alerting.flink the REST address of its job manager?",
          silent);
    }
  }

  private static Configuration with(Configuration settings, FlinkRestTls way) {
    Configuration all = new Configuration(settings);
    all.addAll(way.settings());
    return all;
  }

  private int port() {
    int usual = "https".equalsIgnoreCase(rest.getScheme()) ? USUAL_TLS_PORT : USUAL_PORT;
    return rest.getPort() < 0 ? usual : rest.getPort();
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
    try (FlinkRestTls way = FlinkRestTls.to(rest, tls)) {
      Configuration reach = with(settings, way);
      if (savepoint != null) {
        // Not on the graph: whoever hands that over sets it anew, by what stands here.
        reach.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        reach.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, false);
      }
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.createRemoteEnvironment(
              rest.getHost(), port(), reach, jars().toArray(String[]::new));
      job.accept(env);
      StreamGraph graph = env.getStreamGraph();
      graph.setJobName(name);
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
        .filter(path -> goesAlong(Path.of(path).getFileName().toString()))
        .map(path -> Path.of(path).toAbsolutePath().toString())
        .toList();
  }

  /** Whether a job needs a file of this name. */
  static boolean goesAlong(String name) {
    return name.endsWith(".jar") && STAY_HERE.stream().noneMatch(name::startsWith);
  }
}
