package io.tocsin.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.alerting.healing.signature.PlanKeys;
import io.tocsin.config.Config;
import io.tocsin.config.ConfigLoader;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.EmbeddedRegistry;
import io.tocsin.embedded.Ports;
import io.tocsin.embedded.Secret;
import io.tocsin.history.HistoryPlace;
import io.tocsin.pipeline.Broker;
import io.tocsin.pipeline.HistoryPlaces;
import io.tocsin.pipeline.NotifierStage;
import io.tocsin.pipeline.RemoteAlerting;
import io.tocsin.pipeline.RemoteRecorder;
import io.tocsin.pipeline.RemoteResponder;
import io.tocsin.pipeline.RemoteServer;
import io.tocsin.pipeline.RemoteStreams;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * All stages of this process but the agent, each as the principal that it is, at a broker that
 * allows what {@link Rights} says and nothing else.
 */
final class SecuredPipeline implements AutoCloseable {

  static final List<String> AGENTS = List.of("web-1", "web-2");
  private static final Clock CLOCK = Clock.systemUTC();

  private final Path directory;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Ports ports = Ports.free();
  private final SecuredBroker broker;
  private final PlanKeys keys;

  /** Broker, registry, accounts, rules and topics; no stage yet. */
  SecuredPipeline(Path directory) throws Exception {
    this.directory = directory;
    DataDirectory data = new DataDirectory(directory.resolve("parts"));
    data.create();
    EmbeddedRegistry registry =
        new EmbeddedRegistry(
            Path.of("target/registry").toAbsolutePath(), data, ports.registry(), died -> {});
    open.push(registry);
    TestAuthority authority = new TestAuthority(directory, "cluster");
    TlsFront front = new TlsFront(authority.localServer("registry"), ports.registry());
    open.push(front);
    broker =
        new SecuredBroker(
            directory,
            authority,
            registry
                .address()
                .replace(
                    "http://127.0.0.1:" + ports.registry(), "https://127.0.0.1:" + front.port()));
    open.push(broker);
    registry.start();
    keys = PlanKeys.create(directory.resolve("keys"));
    try (Accounts accounts = new Accounts(broker.admin())) {
      for (Actor actor : Actor.single()) {
        accounts.put("tocsin-" + actor.word(), Secret.in(password("tocsin-" + actor.word())));
      }
      for (String agent : AGENTS) {
        accounts.put("agent." + agent, Secret.in(password("agent." + agent)));
      }
    }
    try (BrokerAcls acls = new BrokerAcls(broker.admin())) {
      acls.add(List.copyOf(grants().bindings()));
    }
    new Broker(as(Actor.ADMIN)).prepare((short) 1);
  }

  static Grants grants() {
    return Grants.of(Principals.usual(), AGENTS, List.of(), false);
  }

  SecuredBroker broker() {
    return broker;
  }

  Cluster as(Actor actor) {
    return as("tocsin-" + actor.word());
  }

  Cluster as(String user) {
    return broker.account(user, password(user));
  }

  Path password(String user) {
    return directory.resolve(user + ".password");
  }

  /** Starts what looks at samples, probes, incidents and plans. */
  void startStages(Path healed) throws Exception {
    DataDirectory store = new DataDirectory(directory.resolve("store"));
    store.create();
    EmbeddedQuestDb questDb = new EmbeddedQuestDb(store, ports);
    open.push(questDb);
    questDb.start();
    Files.writeString(password("questdb"), questDb.password());

    Config alertingConfig =
        config(
            Actor.ALERTING,
            "healing: {signing: {private-key: \"%s\"}}".formatted(keys.privateKey()),
            healed);
    // As the manual says: an operator writes the rules, which alerting may not.
    new RemoteAlerting(as(Actor.OPERATOR), alertingConfig, CLOCK).publishRules();
    RemoteAlerting alerting = new RemoteAlerting(as(Actor.ALERTING), alertingConfig, CLOCK);
    open.push(alerting);
    new Broker(as(Actor.ALERTING)).check(Actor.ALERTING);
    alerting.publishRules();
    alerting.start();

    RemoteStreams streams =
        new RemoteStreams(as(Actor.STREAMS), config(Actor.STREAMS, "", healed), CLOCK);
    open.push(streams);
    new Broker(as(Actor.STREAMS)).check(Actor.STREAMS);
    streams.start();

    RemoteResponder responder =
        new RemoteResponder(
            as(Actor.RESPONDER),
            config(
                Actor.RESPONDER,
                "healing: {signing: {public-key: \"%s\"}}".formatted(keys.publicKey()),
                healed),
            false,
            CLOCK);
    open.push(responder);
    new Broker(as(Actor.RESPONDER)).check(Actor.RESPONDER);
    responder.start();

    new Broker(as(Actor.NOTIFIER)).check(Actor.NOTIFIER);
    open.push(
        NotifierStage.start(
            as(Actor.NOTIFIER),
            config(Actor.NOTIFIER, "", healed).notifications(),
            CLOCK,
            new SimpleMeterRegistry()));

    Config recorderConfig = config(Actor.RECORDER, "", healed);
    HistoryPlace history = HistoryPlaces.of(recorderConfig);
    RemoteRecorder recorder =
        new RemoteRecorder(as(Actor.RECORDER), history, Optional.empty(), 10_000, CLOCK);
    open.push(recorder);
    new Broker(as(Actor.RECORDER)).check(Actor.RECORDER);
    recorder.start();

    RemoteServer server =
        new RemoteServer(as(Actor.SERVER), config(Actor.SERVER, "", healed), history, CLOCK);
    open.push(server);
    new Broker(as(Actor.SERVER)).check(Actor.SERVER);
    server.start();

    await("streams run")
        .atMost(Duration.ofSeconds(90))
        .until(() -> streams.instance().running() || streams.failure().isPresent());
    assertThat(streams.failure()).isEmpty();
  }

  /** URL of the API. */
  String api() {
    return "http://" + Ports.LOOPBACK + ":" + ports.api();
  }

  private Config config(Actor actor, String signing, Path healed) throws Exception {
    return new ConfigLoader()
        .load(
            Files.writeString(
                directory.resolve(actor.word() + ".yaml"),
                """
                data-dir: %1$s/%2$s
                ports: {kafka: %5$d, kafka-controller: %6$d, registry: %7$d, questdb-http: %8$d, questdb-pg: %9$d, api: %10$d}
                healing:
                  mode: auto
                  %3$s
                  actions:
                    - name: start-shop
                      does: {exec: {argv: [/bin/sh, -c, 'echo done >> "$0"', "%4$s"]}}
                      targets: [endpoint/shop]
                      verify: {healthy-probes: 1, within: 60s}
                checks:
                  - {id: shop, service: shop, tier: core, http: {url: "http://127.0.0.1:1/"}}
                rules: # this one alone: a busy machine has incidents of its own, and theirs would join
                  - {name: service-down, signal: health, when: "!up", clear-for: 1s, summary: "{resource} is {health}"}
                notifications: {channels: [{name: ops, via: {log: {}}}], route: {channels: [ops]}}
                history:
                  questdb: {url: "http://127.0.0.1:%8$d", sql: "127.0.0.1:%9$d", user: tocsin, password: {file: "%1$s/questdb.password"}}
                %11$s
                """
                    .formatted(
                        directory,
                        actor.word(),
                        signing.replaceFirst("^healing: \\{(.*)}$", "$1"),
                        healed,
                        ports.kafka(),
                        ports.kafkaController(),
                        ports.registry(),
                        ports.questDbHttp(),
                        ports.questDbPg(),
                        ports.api(),
                        cluster(as(actor)))));
  }

  /** The {@code cluster:} of a configuration file. */
  static String cluster(Cluster cluster) {
    StringBuilder text =
        new StringBuilder(
            "cluster:\n  bootstrap-servers: \"%s\"\n  registry: \"%s\"\n"
                .formatted(cluster.bootstrapServers(), cluster.registryUrl()));
    if (cluster.security() != null) {
      text.append("  security:\n    ca: \"%s\"\n".formatted(cluster.security().ca()));
      if (cluster.security().user() != null) {
        text.append(
            "    user: %s\n    password: {file: \"%s\"}\n"
                .formatted(cluster.security().user(), cluster.security().password().file()));
      }
      if (cluster.security().certificate() != null) {
        text.append(
            "    certificate: \"%s\"\n    key: {file: \"%s\"}\n"
                .formatted(cluster.security().certificate(), cluster.security().key().file()));
      }
    }
    return text.toString();
  }

  /** Configuration of an agent with one check. */
  Path agent(String id, Cluster cluster, int shop) throws IOException {
    return Files.writeString(
        directory.resolve("agent-" + id + "-" + System.nanoTime() + ".yaml"),
        """
        data-dir: %s/agent-%s
        agent: {id: %s}
        collectors: {host: {interval: 1s}}
        checks:
          - {id: shop, service: shop, tier: core, http: {url: "http://127.0.0.1:%d/"}, interval: 500ms}
        %s
        """
            .formatted(directory, id, id, shop, cluster(cluster)));
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception failed) {
        throw new IllegalStateException("a stage did not stop", failed);
      }
    }
  }
}
