package io.tocsin.pipeline;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.alerting.healing.Responder;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.job.AlertingJob;
import io.tocsin.alerting.outbound.OutboundHttp;
import io.tocsin.collectors.agent.Agent;
import io.tocsin.collectors.agent.Publisher;
import io.tocsin.config.Config;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedParts;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.FlinkJob;
import io.tocsin.embedded.Part;
import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.PartListener;
import io.tocsin.embedded.Parts;
import io.tocsin.embedded.Ports;
import io.tocsin.history.HistoryAddress;
import io.tocsin.history.HistoryTables;
import io.tocsin.history.Recorder;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.tls.ServerTls;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.server.Readiness;
import io.tocsin.server.Views;
import io.tocsin.streams.topology.StreamsFailure;
import io.tocsin.streams.topology.StreamsRunner;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All stages on embedded parts, in one process tree. The stages know only the topics' address;
 * which machine, process or version of the parts they run on is decided here and nowhere else.
 */
public final class Pipeline implements AutoCloseable {

  private static final Duration STAGES_STOP_WITHIN = Duration.ofSeconds(4);
  private static final Duration STAGE_STARTS_WITHIN = Duration.ofSeconds(120);
  private static final short ONE_BROKER = 1;

  private static final List<String> READY_WHEN_ALL_OF =
      List.of(
          "registry",
          "streams",
          "alerting",
          "recorder",
          "responder",
          "notifier",
          "server",
          "collectors");

  /** Less than this is trouble soon, however little the configuration asks for at the start. */
  private static final long DISK_IS_SHORT_BELOW = 256L << 20;

  /** One task is plenty for one machine's probes, and each further one costs memory. */
  private static final int ALERTING_PARALLELISM = 1;

  private final Config config;
  private final StageSettings settings;
  private final DataDirectory data;
  private final PartListener listener;
  private final Clock clock;
  private final EmbeddedParts parts;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Supplier<String>> readiness = new ConcurrentSkipListMap<>();
  private final Views views = new Views();
  private Parts stages;

  /**
   * A pipeline that is not started yet.
   *
   * @param registryDistribution the unpacked registry
   * @param listener told of every part and stage that answers, or dies
   */
  public Pipeline(Config config, Path registryDistribution, PartListener listener, Clock clock) {
    this.config = config;
    this.settings = new StageSettings(config, clock);
    this.data = new DataDirectory(config.dataDir());
    this.listener = listener;
    this.clock = clock;
    this.parts =
        new EmbeddedParts(data, StageSettings.ports(config), registryDistribution, listener);
    READY_WHEN_ALL_OF.stream()
        .filter(this::isHere)
        .forEach(stage -> readiness.put(stage, () -> "starting"));
    readiness.put("disk", this::disk);
    Metrics.addRegistry(meters); // what Flink's jobs count arrives there
    new JvmMemoryMetrics().bindTo(meters);
    meters.gauge("tocsin.memory.resident.bytes", this, pipeline -> ResidentMemory.bytes());
  }

  /**
   * Starts parts, then makes topics, schemas and tables known, then starts the stages side by side.
   *
   * @throws PartFailure the first that did not start; everything has been stopped then
   */
  public void start() throws PartFailure, InterruptedException {
    parts.start();
    stages = new Parts(List.of(contracts()), listener, STAGES_STOP_WITHIN);
    stages.start();
    stages =
        new Parts(
            Stream.of(
                    streams(),
                    alerting(),
                    recorder(),
                    responder(),
                    notifier(),
                    server(),
                    collectors())
                .filter(stage -> isHere(stage.name()))
                .toList(),
            listener,
            STAGES_STOP_WITHIN);
    stages.start();
  }

  /**
   * Starts parts, and makes topics and schemas known, but starts no stage: what is restored has to
   * be there before the first of them reads.
   *
   * @throws PartFailure the first part that did not start; everything has been stopped then
   */
  public void startEmpty() throws PartFailure, InterruptedException {
    parts.start();
    new SchemaRegistration(cluster()).registerAll();
    new TopicCreation(cluster(), ONE_BROKER).createMissing();
  }

  /** A responder of its own would be fenced by the one here, or fence it. */
  private boolean isHere(String stage) {
    return !(stage.equals("responder") && config.healing().separate());
  }

  /**
   * What the topics and tables need before the first record: each step changes nothing the second
   * time.
   */
  private Part contracts() {
    return new Stage(
        "contracts",
        "topics, schemas and tables",
        () -> {
          new SchemaRegistration(cluster()).registerAll();
          new TopicCreation(cluster(), ONE_BROKER).createMissing();
          new RulePublication(cluster(), clock).publish(settings.alerting().rules());
          PlanSignatures.createMissing(config);
          HistoryTables.createMissing(history());
          readiness.put(
              "registry", () -> parts.registry().isRunning() ? Readiness.UP : "restarting");
          return () -> {};
        });
  }

  private Part streams() {
    return new Stage(
        "streams",
        "windows and bottlenecks",
        () -> {
          StreamsRunner runner =
              new StreamsRunner(cluster(), settings.streams(), data.streams(), clock, meters);
          runner.start();
          runner.awaitRunning(STAGE_STARTS_WITHIN);
          readiness.put(
              "streams",
              () ->
                  runner.isRunning()
                      ? Readiness.UP
                      : runner.failure().map(StreamsFailure::getMessage).orElse("not running"));
          return runner;
        });
  }

  private Part alerting() {
    return new Stage(
        "alerting",
        "incidents and heal plans",
        () -> {
          FlinkJob job =
              parts
                  .flink()
                  .submit(
                      RemoteAlerting.NAME,
                      AlertingJob.settings(ALERTING_PARALLELISM),
                      env -> AlertingJob.define(env, cluster(), settings.alerting(), clock));
          readiness.put(
              "alerting", () -> job.status().equals("RUNNING") ? Readiness.UP : job.status());
          return job;
        });
  }

  private Part recorder() {
    return new Stage(
        "recorder",
        "history",
        () -> {
          Recorder recorder =
              new Recorder(
                  cluster(),
                  history(),
                  "tocsin/up",
                  settings.pricing(),
                  config.history().maxSeries(),
                  clock,
                  meters);
          recorder.start();
          readiness.put(
              "recorder",
              () ->
                  recorder.isRunning()
                      ? recorder
                          .trouble()
                          .or(() -> recorder.warning().map(Readiness.WARNING::concat))
                          .orElse(Readiness.UP)
                      : "stopped");
          return recorder;
        });
  }

  private Part responder() {
    return new Stage(
        "responder",
        "healing mode " + config.healing().mode(),
        () -> {
          OutboundHttp http = NotifierStage.way(config.notifications(), clock);
          Responder responder =
              new Responder(
                  cluster(),
                  settings.healing(),
                  PlanSignatures.here(config),
                  new ExecutorContext(data.logs().resolve("actions"), http, clock),
                  clock,
                  meters);
          responder.start();
          readiness.put(
              "responder",
              () -> responder.isRunning() ? Readiness.UP : responder.trouble().orElse("stopped"));
          return () -> {
            responder.close();
            http.close();
          };
        });
  }

  private Part notifier() {
    return new Stage(
        "notifier",
        config.notifications().channels().size() + " channel(s)",
        () -> {
          NotifierStage notifier =
              NotifierStage.start(cluster(), config.notifications(), clock, meters);
          readiness.put("notifier", () -> notifier.isRunning() ? Readiness.UP : "stopped");
          return notifier;
        });
  }

  private Part server() {
    return new Stage(
        "server",
        ServerTls.scheme(config.server().tls())
            + "://"
            + config.server().host()
            + ":"
            + config.ports().api()
            + "/",
        () -> {
          ServerStage server =
              ServerStage.start(
                  config,
                  cluster(),
                  views,
                  history().open(),
                  settings.alerting(),
                  this::readiness,
                  meters,
                  clock);
          readiness.put("server", server::state);
          return server;
        });
  }

  private Part collectors() {
    return new Stage(
        "collectors",
        "this host and " + config.checks().size() + " checks",
        () -> {
          TopicWriter writer = new TopicWriter(cluster(), "tocsin-collectors");
          Agent agent = new Agent(settings.agent(), Publisher.to(writer), clock, meters);
          agent.start();
          readiness.put("collectors", () -> trouble(agent.failing()));
          return () -> {
            agent.close();
            writer.close();
          };
        });
  }

  private String disk() {
    long free = data.root().toFile().getUsableSpace();
    return free >= Math.min(DISK_IS_SHORT_BELOW, config.minFreeDiskBytes())
        ? Readiness.UP
        : "only " + (free >> 20) + " MiB free in " + data.root();
  }

  private static String trouble(List<String> failing) {
    return failing.isEmpty() ? Readiness.UP : "cannot read " + String.join(", ", failing);
  }

  /** What the API knows. */
  public Views views() {
    return views;
  }

  /** Whether each stage does its work. */
  public Readiness readiness() {
    return Readiness.of(readiness, ResidentMemory.bytes());
  }

  /** Where everything is kept. */
  public DataDirectory data() {
    return data;
  }

  /**
   * Asks the stages whether they can use a configuration.
   *
   * @throws IllegalArgumentException in the words of the stage that cannot
   */
  public static void check(Config config, Clock clock) {
    new StageSettings(config, clock);
  }

  /** The ports a configuration asks for. */
  public static Ports ports(Config config) {
    return StageSettings.ports(config);
  }

  /** Where the topics are. */
  public Cluster cluster() {
    return new Cluster(parts.kafka().address(), parts.registry().address());
  }

  /** Where history is. */
  public HistoryAddress history() {
    EmbeddedQuestDb store = parts.questDb();
    return new HistoryAddress(
        store.address(),
        store.authorization(),
        store.jdbcUrl(),
        EmbeddedQuestDb.USER,
        store.password(),
        HistoryPlaces.room(config));
  }

  /** Stops what measures first, what keeps last. */
  @Override
  public void close() {
    if (stages != null) {
      stages.close();
    }
    parts.close();
  }
}
