package io.tocsin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All of Tocsin on many hosts: brokers, a registry, Flink, history with its recorder, two of each
 * stage that can have two, and agents on three hosts. What it watches and whom it tells are the
 * test's.
 */
final class Installation implements AutoCloseable {

  /** The job's name at Flink. */
  static final String JOB = "alerting-2";

  private static final Duration PATIENCE = Duration.ofSeconds(300);

  private final int perAgent;
  private final Hosts hosts;
  private final Path directory;
  private final int generations;
  private final Brokers brokers;
  private final SchemaRegistry registry;
  private final FlinkPair flink;
  private final Store store;
  private final Stages stages;
  private final Endpoints endpoints;
  private final Pager pager;
  private final List<Part> streams = new ArrayList<>();
  private final List<Part> responders = new ArrayList<>();
  private final List<Part> notifiers = new ArrayList<>();
  private final List<Part> agents = new ArrayList<>();

  /** The recorder, where there is one. */
  private final List<Part> recorders = new ArrayList<>();

  private final Path heals;
  private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor();

  /**
   * Prepares it; nothing is started.
   *
   * @param full whether there are two of everything that can have two; otherwise only of what is
   *     cheap to start
   * @param generations how many times {@link #renew} may be called
   */
  Installation(Path directory, boolean full, int generations, Clock clock) throws Exception {
    this.perAgent = full ? 8 : 10;
    this.directory = directory;
    this.generations = generations;
    this.hosts = Hosts.create();
    this.heals = Files.createFile(directory.resolve("heals.txt"));
    this.endpoints = new Endpoints(hosts.address());
    this.pager = new Pager(hosts.address(), clock);
    this.brokers = new Brokers(hosts, directory.resolve("kafka"), full ? Brokers.COUNT : 1);
    this.registry = new SchemaRegistry(hosts, directory);
    this.flink = new FlinkPair(hosts, directory, full);
    this.store = new Store(hosts, directory);
    this.stages =
        new Stages(hosts, directory.resolve("stages"), brokers.address(), registry.address());
    Path secret = Files.writeString(directory.resolve("hook-secret"), "0123456789abcdef");
    for (int i = 1; i <= (full ? 3 : 1); i++) {
      agents.add(stages.agent("agent" + i));
    }
    for (int i = 1; i <= 2; i++) {
      streams.add(stages.streams("streams" + i));
      responders.add(stages.responder("respond" + i, heals, targets()));
    }
    for (int i = 1; i <= (full ? 2 : 1); i++) {
      notifiers.add(stages.notifier("notify" + i, secret, pager.url()));
    }
    if (full) {
      recorders.add(stages.recorder(store.configuration()));
    }
  }

  /** Starts all of it and waits until all of it works. */
  void start() throws Exception {
    // Not all at once: on a machine of two cores, what waits longest for its turn gives up first.
    supervisor.scheduleWithFixedDelay(this::supervise, 1, 1, TimeUnit.SECONDS);
    brokers.start();
    brokers.awaitRunning();
    System.out.printf("%s: brokers%n", LocalTime.now());
    registry.start();
    flink.startZookeepers();
    registry.awaitRunning();
    toItsEnd(stages.topics());
    System.out.printf("%s: topics%n", LocalTime.now());
    flink.start();
    if (!recorders.isEmpty()) {
      store.start();
      store.awaitRunning();
    }
    for (List<Part> pair : List.of(streams, responders, notifiers, recorders)) {
      for (Part part : pair) {
        part.start();
      }
    }
    flink.awaitRunning();
    System.out.printf("%s: flink%n", LocalTime.now());
    handOver();
    renew(0);
    for (Part agent : agents) {
      agent.start();
    }
    flink.awaitJob(JOB);
    System.out.printf("%s: job%n", LocalTime.now());
    awaitOne(responders, "responder ");
    awaitOne(notifiers, "notifier with");
  }

  /** Hands the job to Flink; what it said. */
  String handOver() throws Exception {
    return toItsEnd(stages.alerting(flink.address(), heals, targets()));
  }

  private static String toItsEnd(Part part) throws Exception {
    part.start();
    await(part + " ends").atMost(PATIENCE).until(() -> !part.isAlive());
    assertThat(part.stop(PATIENCE)).as(part::printed).isZero();
    return part.printed();
  }

  private static void awaitOne(List<Part> pair, String says) {
    await("one of " + pair + " works")
        .atMost(PATIENCE)
        .until(() -> pair.stream().anyMatch(part -> part.printed().contains(says)));
  }

  /** The responder that acts. */
  Part actingResponder() {
    return working(responders, "responder ")
        .orElseThrow(() -> new AssertionError("no responder acts"));
  }

  boolean hasActingResponder() {
    return working(responders, "responder ").isPresent();
  }

  /** The one of a pair that works, as its last words say. */
  private static Optional<Part> working(List<Part> pair, String says) {
    return pair.stream()
        .filter(Part::isAlive)
        .filter(part -> part.printed().lastIndexOf(says) > part.printed().lastIndexOf("taken over"))
        .findFirst();
  }

  /** Whether there is no other one that does the same. */
  boolean isSingle(Part part) {
    return part == registry.part()
        || part == store.part()
        || agents.contains(part)
        || recorders.contains(part);
  }

  /** Until every process is there and does its part. */
  void awaitWhole() {
    await("all brokers, task managers and the job")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                parts().stream().allMatch(Part::isAlive)
                    && brokers.members() == Brokers.COUNT
                    && brokers.areInStep()
                    && hasActingResponder()
                    && working(notifiers, "notifier with").isPresent());
    flink.awaitRunning();
    flink.awaitJob(JOB);
  }

  /**
   * Gives all agents endpoints of which nobody has heard, beside those of the time before, which
   * may have to be seen up again; the new ones' ids, in an order to take.
   */
  List<String> renew(int generation) throws Exception {
    for (int agent = 1; agent <= agents.size(); agent++) {
      List<String> checked = new ArrayList<>(ids(generation, agent));
      if (generation > 0) {
        checked.addAll(ids(generation - 1, agent));
      }
      stages.checks("agent" + agent, checked, endpoints.url());
      if (agents.get(agent - 1).isAlive()) {
        agents.get(agent - 1).hangUp();
      }
    }
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < perAgent; i++) {
      for (int agent = 1; agent <= agents.size(); agent++) {
        taken.add(ids(generation, agent).get(i));
      }
    }
    return taken;
  }

  private List<String> ids(int generation, int agent) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < perAgent; i++) {
      ids.add("g%d-a%d-%d".formatted(generation, agent, i));
    }
    return ids;
  }

  private List<String> targets() {
    List<String> targets = new ArrayList<>();
    for (int generation = 0; generation < generations; generation++) {
      for (int agent = 1; agent <= agents.size(); agent++) {
        targets.addAll(ids(generation, agent));
      }
    }
    return targets;
  }

  /** Starts again what has ended, as a service manager does on each host. */
  private void supervise() {
    for (Part part : parts()) {
      if (part.hasEnded() && !part.isHeld()) {
        try {
          System.out.printf("%s has ended and is started again%n", part);
          part.start();
        } catch (IOException broken) {
          throw new UncheckedIOException(broken);
        }
      }
    }
  }

  /** All processes that are there to stay. */
  List<Part> parts() {
    List<Part> all = new ArrayList<>(brokers.controllers());
    all.addAll(brokers.brokers());
    all.add(registry.part());
    all.addAll(flink.parts());
    all.addAll(streams);
    all.addAll(responders);
    all.addAll(notifiers);
    all.addAll(agents);
    if (!recorders.isEmpty()) {
      all.add(store.part());
      all.addAll(recorders);
    }
    return all;
  }

  Cluster cluster() {
    return new Cluster(brokers.address(), registry.address());
  }

  Brokers brokers() {
    return brokers;
  }

  SchemaRegistry registry() {
    return registry;
  }

  FlinkPair flink() {
    return flink;
  }

  /** What has history, if {@link #hasHistory}. */
  Store store() {
    return store;
  }

  boolean hasHistory() {
    return !recorders.isEmpty();
  }

  List<Part> streams() {
    return streams;
  }

  List<Part> responders() {
    return responders;
  }

  List<Part> notifiers() {
    return notifiers;
  }

  List<Part> agents() {
    return agents;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  Pager pager() {
    return pager;
  }

  Path heals() {
    return heals;
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    supervisor.shutdownNow();
    List<Part> all = new ArrayList<>(parts());
    Collections.reverse(all);
    all.forEach(Part::close);
    endpoints.close();
    pager.close();
    hosts.close();
  }
}
