package io.tocsin.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka node, broker and KRaft controller in this process. Any Kafka client on this machine can
 * connect to {@link #address()}. Formatted on the first start only, so the cluster id, the topics
 * and their records stay. See {@link KafkaSettings} for what is set and why.
 */
public final class EmbeddedKafka implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path directory;
  private final Ports ports;
  private final Consumer<PartFailure> onDeath;
  private KafkaRaftServer server;
  private volatile boolean started;

  /**
   * @param directory holds the log segments and the metadata log
   * @param ports {@link Ports#kafka()} and {@link Ports#kafkaController()} are used
   * @param onDeath told once if the broker ends by itself after the start
   */
  public EmbeddedKafka(Path directory, Ports ports, Consumer<PartFailure> onDeath) {
    this.directory = directory;
    this.ports = ports;
    this.onDeath = onDeath;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String address() {
    return Ports.LOOPBACK + ":" + ports.kafka();
  }

  @Override
  public synchronized void start() throws PartFailure, InterruptedException {
    Exit.setExitProcedure(this::died);
    Exit.setHaltProcedure(this::died);
    try {
      format();
      server =
          new KafkaRaftServer(
              new KafkaConfig(KafkaSettings.of(directory, ports), false), Time.SYSTEM);
      server.startup();
      awaitAnswer();
      started = true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | BrokerEnded e) {
      throw new PartFailure(
          name(),
          "did not start on "
              + address()
              + " (controller port "
              + ports.kafkaController()
              + "): "
              + PartFailure.reason(e)
              + "; see logs/kafka.log",
          e);
    }
  }

  /** Only once: formatting again would give the node a new identity, and its topics none. */
  private void format() throws Exception {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(KafkaSettings.NODE_ID)
        .setControllerListenerName(KafkaSettings.CONTROLLER)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .addDirectory(directory.toString())
        .setMetadataLogDirectory(directory.toString())
        .run();
    LOG.info("formatted {} for a new Kafka cluster", directory);
  }

  private void awaitAnswer() throws ExecutionException, InterruptedException, IOException {
    Map<String, Object> client =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            address(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) START_LIMIT.toMillis(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            5_000);
    try (Admin admin = Admin.create(client)) {
      String cluster = admin.describeCluster().clusterId().get();
      int nodes = admin.describeCluster().nodes().get().size();
      if (nodes != 1) {
        throw new IOException("the cluster has " + nodes + " nodes where 1 was expected");
      }
      LOG.info("Kafka cluster {} answers on {}", cluster, address());
    }
  }

  /**
   * Kafka ends its process when it cannot go on, for instance when its disk fails. It shares ours,
   * so the wish is passed on and the asking thread is stopped instead.
   */
  private void died(int status, String message) {
    String why = message == null ? "exit status " + status : message;
    if (started) {
      started = false;
      onDeath.accept(
          new PartFailure(name(), "stopped by itself (" + why + "); see logs/kafka.log"));
    }
    throw new BrokerEnded(why);
  }

  @Override
  public synchronized void close() {
    started = false;
    if (server == null) {
      return;
    }
    try {
      server.shutdown();
      server.awaitShutdown();
    } catch (RuntimeException | BrokerEnded e) {
      LOG.warn("Kafka did not stop cleanly; it will recover its log at the next start", e);
    }
    server = null;
  }

  /** Unwinds the Kafka thread that asked for the process to end; an Error, so nobody catches it. */
  private static final class BrokerEnded extends Error {
    BrokerEnded(String why) {
      super(why);
    }
  }
}
