package io.tocsin.pipeline;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.collectors.host.HostName;
import io.tocsin.config.Config;
import io.tocsin.config.StreamsSection;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.http.Transport;
import io.tocsin.server.stage.OtherInstances;
import io.tocsin.server.stage.StreamsServer;
import io.tocsin.server.stage.StreamsSource;
import io.tocsin.streams.bottleneck.BottleneckSettings;
import io.tocsin.streams.policy.PolicySettings;
import io.tocsin.streams.topology.InstanceState;
import io.tocsin.streams.topology.StateAnswer;
import io.tocsin.streams.topology.StreamsFailure;
import io.tocsin.streams.topology.StreamsRunner;
import io.tocsin.streams.topology.StreamsSettings;
import io.tocsin.streams.topology.TopologyMap;
import io.tocsin.streams.window.WindowSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The streams alone: one instance here, the cluster and the other instances elsewhere. */
public final class RemoteStreams implements AutoCloseable {

  /** The group that all instances are in. */
  private static final String APPLICATION = "tocsin-streams";

  private static final int AS_THE_BROKER_DOES = -1;

  private final StreamsSection section;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StreamsSettings settings;
  private final StreamsRunner runner;
  private final StreamsServer server;

  /**
   * An instance that has not started yet.
   *
   * @throws StreamsFailure if its state directory is in use or cannot be written
   * @throws IllegalArgumentException naming the file of {@code streams.http.tls} that cannot be
   *     used
   */
  public RemoteStreams(Cluster cluster, Config config, Clock clock) {
    this.section = config.streams();
    this.settings = settings(config);
    new JvmMemoryMetrics().bindTo(meters);
    new SealMeters().bindTo(meters);
    meters.gauge("tocsin.memory.resident.bytes", this, streams -> ResidentMemory.bytes());
    this.runner = new StreamsRunner(cluster, settings, stateDir(config), clock, meters);
    this.server =
        new StreamsServer(
            settings.instanceId(),
            section.http().host(),
            Transport.of(section.http().tls(), meters),
            OtherInstances.through(section.http().tls()),
            source(),
            TopologyMap.ofStage(clock),
            meters);
  }

  static StreamsSettings settings(Config config) {
    StreamsSection section = config.streams();
    StreamsSettings here =
        new StreamsSettings(
            APPLICATION,
            section.instanceId() == null ? HostName.read(Path.of("/proc")) : section.instanceId(),
            section.threads() == null ? usualThreads() : section.threads(),
            section.replicationFactor() == null ? AS_THE_BROKER_DOES : section.replicationFactor(),
            section.standbys(),
            section.commitInterval(),
            section.http().address(),
            WindowSettings.defaults(),
            BottleneckSettings.defaults(),
            PolicySettings.defaults());
    return StageSettings.streams(config, here);
  }

  /** More threads than partitions would have nothing to do. */
  private static int usualThreads() {
    return Math.min(Topics.SAMPLES.partitions(), Runtime.getRuntime().availableProcessors());
  }

  /** Where an instance keeps its state. */
  public static Path stateDir(Config config) {
    Path directory = config.streams().stateDir();
    return (directory == null ? config.dataDir().resolve("streams") : directory)
        .toAbsolutePath()
        .normalize();
  }

  private StreamsSource source() {
    return new StreamsSource() {
      @Override
      public InstanceState instance() {
        return runner.instance();
      }

      @Override
      public StateAnswer state(String resourceId) {
        return runner.state(resourceId);
      }
    };
  }

  /**
   * Opens the port; from now on it says how it stands.
   *
   * @throws io.javalin.util.JavalinBindException if the port is taken
   */
  public void listen() {
    server.start(section.http().port());
  }

  /**
   * Starts the threads and returns at once.
   *
   * @throws StreamsFailure if the streams do not start
   */
  public void start() {
    runner.start();
  }

  /** Name of the instance. */
  public String id() {
    return settings.instanceId();
  }

  /** How it stands. */
  public InstanceState instance() {
    return runner.instance();
  }

  /** Why it gave up; empty while it has not. */
  public Optional<StreamsFailure> failure() {
    return runner.failure();
  }

  /** Sum of a counter over all its tags. */
  public double count(String counter) {
    return meters.find(counter).counters().stream().mapToDouble(each -> each.count()).sum();
  }

  /** Answers until the streams have stopped, so that others are told that it is stopping. */
  @Override
  public void close() {
    runner.close();
    server.close();
  }
}
