package io.tocsin.config;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.collectors.app.AppConfig;
import io.tocsin.collectors.container.ContainerConfig;
import io.tocsin.collectors.health.HealthCheckConfig;
import io.tocsin.collectors.host.HostConfig;
import io.tocsin.collectors.network.NetworkConfig;
import io.tocsin.collectors.policy.ClassificationConfig;
import io.tocsin.collectors.policy.PolicyConfig;
import io.tocsin.collectors.security.SecurityConfig;
import io.tocsin.collectors.vm.VmConfig;
import io.tocsin.schemas.seal.SealPolicy;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.topic.ClusterSecurity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The configuration file as it is written. Every component has its default here, and nowhere else;
 * {@code tocsin.schema.json} beside this class says what is allowed.
 *
 * @param dataDir where the embedded parts keep their data
 * @param minFreeDisk bytes that have to be free there, written as {@code 1GiB}
 * @param ports ports on the loopback address
 * @param cluster where {@code tocsin collect} sends to and {@code tocsin streams} works; {@code
 *     tocsin up} brings its own
 * @param agent who measures here, and the bounds on what it sends
 * @param streams how {@code tocsin streams} runs, and what the streams compute
 * @param collectors what is watched from here, beside the checks
 * @param checks health checks of endpoints
 * @param alerting where rules come from, and how {@code tocsin alerting} runs
 * @param rules what becomes an alert, as it is written; {@code null} if the file has none
 * @param ruleSource the same as text with its place, for whoever reads rules
 * @param healing what may be done about it
 * @param notifications who is told of it, and how
 * @param history where history is kept, if not by {@code tocsin up}, how much, and at what prices
 * @param server where the API and the console listen, and who may use them
 */
public record Config(
    Path dataDir,
    String minFreeDisk,
    Ports ports,
    Cluster cluster,
    Agent agent,
    StreamsSection streams,
    Collectors collectors,
    List<HealthCheckConfig> checks,
    AlertingSection alerting,
    List<Map<String, Object>> rules,
    RuleSource ruleSource,
    HealingConfig healing,
    NotificationConfig notifications,
    HistorySection history,
    ServerSection server) {

  public Config {
    dataDir = dataDir == null ? Path.of("data") : dataDir;
    minFreeDisk = minFreeDisk == null ? "1GiB" : minFreeDisk;
    ports = ports == null ? new Ports(null, null, null, null, null, null) : ports;
    agent = agent == null ? new Agent(null, null, null, null, null) : agent;
    streams = streams == null ? StreamsSection.DEFAULT : streams;
    collectors = collectors == null ? Collectors.HOST : collectors;
    checks = checks == null ? List.of() : List.copyOf(checks);
    alerting = alerting == null ? AlertingSection.DEFAULT : alerting;
    rules = rules == null ? null : List.copyOf(rules);
    healing = healing == null ? HealingConfig.DEFAULT : healing;
    notifications = notifications == null ? NotificationConfig.DEFAULT : notifications;
    server = server == null ? ServerSection.DEFAULT : server;
    history = history == null ? HistorySection.DEFAULT : history;
  }

  /** What holds where nothing is written: this host alone. */
  public static Config defaults() {
    return new Config(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** The same, with its data elsewhere. */
  public Config withDataDir(Path directory) {
    return new Config(
        directory,
        minFreeDisk,
        ports,
        cluster,
        agent,
        streams,
        collectors,
        checks,
        alerting,
        rules,
        ruleSource,
        healing,
        notifications,
        history,
        server);
  }

  /** The same, knowing where its rules stand. */
  Config withRuleSource(RuleSource source) {
    return new Config(
        dataDir,
        minFreeDisk,
        ports,
        cluster,
        agent,
        streams,
        collectors,
        checks,
        alerting,
        rules,
        source,
        healing,
        notifications,
        history,
        server);
  }

  /** {@link #minFreeDisk()} in bytes. */
  public long minFreeDiskBytes() {
    int unitAt = minFreeDisk.length() - 3;
    long number = Long.parseLong(minFreeDisk.substring(0, unitAt));
    return number << (minFreeDisk.endsWith("GiB") ? 30 : 20);
  }

  /**
   * Ports on the loopback address; unusual ones, so that they seldom meet an installed Kafka or
   * QuestDB.
   */
  public record Ports(
      Integer kafka,
      Integer kafkaController,
      Integer registry,
      Integer questdbHttp,
      Integer questdbPg,
      Integer api) {

    public Ports {
      kafka = kafka == null ? 19092 : kafka;
      kafkaController = kafkaController == null ? 19093 : kafkaController;
      registry = registry == null ? 18081 : registry;
      questdbHttp = questdbHttp == null ? 19000 : questdbHttp;
      questdbPg = questdbPg == null ? 18812 : questdbPg;
      api = api == null ? 18080 : api;
    }

    /** The ports under their keys. */
    public Map<String, Integer> all() {
      return Map.of(
          "kafka", kafka,
          "kafka-controller", kafkaController,
          "registry", registry,
          "questdb-http", questdbHttp,
          "questdb-pg", questdbPg,
          "api", api);
    }
  }

  /**
   * A Kafka cluster and its schema registry.
   *
   * @param bootstrapServers {@code host:port}, several with commas between them
   * @param registry base URL of its Confluent API
   * @param security how a stage shows who it is there; null where nobody asks
   * @param seal what readers ask of agents' records; null where they take them as they are
   */
  public record Cluster(
      String bootstrapServers, String registry, ClusterSecurity security, SealPolicy seal) {

    /** Where the topics are. */
    public io.tocsin.schemas.topic.Cluster address() {
      return new io.tocsin.schemas.topic.Cluster(bootstrapServers, registry, security, seal);
    }
  }

  /**
   * Who measures here.
   *
   * @param id name of the agent and of the host; null for the machine's own name
   * @param spool where the agent keeps what the broker has not acknowledged; null for {@code spool}
   *     in the data directory for {@code tocsin collect}, and for memory alone for {@code tocsin
   *     up}, whose broker is in the same process, unless it receives from others
   * @param limits bounds on what it sends
   * @param seal where its key stands, with which it seals what it sends to a cluster; null for none
   * @param classification what may leave this machine of labels and texts
   */
  public record Agent(
      String id,
      Spool spool,
      PolicyConfig limits,
      SecretRef seal,
      ClassificationConfig classification) {

    public Agent {
      limits = limits == null ? PolicyConfig.DEFAULT : limits;
      classification = classification == null ? ClassificationConfig.DEFAULT : classification;
    }

    /** All that its collectors' readings have to go through. */
    public PolicyConfig policies() {
      return limits.classified(classification.orKey(seal));
    }
  }

  /**
   * The agent's spool; see {@link io.tocsin.collectors.spool.SpoolConfig}.
   *
   * @param directory null for {@code spool} in the data directory
   */
  public record Spool(Path directory, Integer maxMib, Integer segmentMib, Duration syncInterval) {}

  /**
   * What is watched from here; each key is the package of a collector. A collector whose key is
   * missing does not run, but for the host, which is watched unless {@code host-off} says
   * otherwise.
   *
   * @param host this machine
   * @param hostOff whether it is left alone
   * @param container its containers
   * @param vm its virtual machines
   * @param network paths from here
   * @param app figures of applications and business systems
   * @param security security events
   */
  public record Collectors(
      HostConfig host,
      Boolean hostOff,
      ContainerConfig container,
      VmConfig vm,
      NetworkConfig network,
      AppConfig app,
      SecurityConfig security) {

    static final Collectors HOST = new Collectors(null, null, null, null, null, null, null);

    public Collectors {
      host = host == null ? HostConfig.DEFAULT : host;
      hostOff = hostOff == null ? Boolean.FALSE : hostOff;
    }
  }

  /**
   * The rules of a configuration file.
   *
   * @param file its name
   * @param text YAML that has the rules on the lines where the file has them
   */
  public record RuleSource(String file, String text) {}
}
