package io.tocsin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.schemas.topic.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All of Tocsin on many hosts: brokers, a registry, Flink, two of each stage that can have two, and
 * agents on three hosts. What it watches and whom it tells are the test's.
 */
final class Installation implements AutoCloseable {

  /** The job's name at Flink. */
  static final String JOB = "alerting-2";

  static final int AGENTS = 3;
  private static final int PER_AGENT = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private final Hosts hosts;
  private final Path directory;
  private final int generations;
  private final Brokers brokers;
  private final SchemaRegistry registry;
  private final FlinkPair flink;
  private final Stages stages;
  private final Endpoints endpoints;
  private final Pager pager;
  private final List<Part> streams = new ArrayList<>();
  private final List<Part> responders = new ArrayList<>();
  private final List<Part> notifiers = new ArrayList<>();
  private final List<Part> agents = new ArrayList<>();
  private final Path heals;

  /**
   * Prepares it; nothing is started.
   *
   * @param generations how many times {@link #renew} may be called
   */
  Installation(Path directory, int generations, Clock clock) throws Exception {
    this.directory = directory;
    this.generations = generations;
    this.hosts = Hosts.create();
    this.heals = Files.createFile(directory.resolve("heals.txt"));
    this.endpoints = new Endpoints(hosts.address());
    this.pager = new Pager(hosts.address(), clock);
    this.brokers = new Brokers(hosts, directory.resolve("kafka"));
    this.registry = new SchemaRegistry(hosts, directory);
    this.flink = new FlinkPair(hosts, directory);
    this.stages =
        new Stages(hosts, directory.resolve("stages"), brokers.address(), registry.address());
    Path secret = Files.writeString(directory.resolve("hook-secret"), "0123456789abcdef");
    for (int i = 1; i <= 2; i++) {
      streams.add(stages.streams("streams" + i));
      responders.add(stages.responder("respond" + i, heals, targets()));
      notifiers.add(stages.notifier("notify" + i, secret, pager.url()));
    }
    for (int i = 1; i <= AGENTS; i++) {
      agents.add(stages.agent("agent" + i));
    }
  }

  /** Starts all of it and waits until all of it works. */
  void start() throws Exception {
    brokers.start();
    registry.start();
    flink.start();
    brokers.awaitRunning();
    registry.awaitRunning();
    toItsEnd(stages.topics());
    for (List<Part> pair : List.of(streams, responders, notifiers)) {
      for (Part part : pair) {
        part.start();
      }
    }
    flink.awaitRunning();
    handOver();
    renew(0);
    for (Part agent : agents) {
      agent.start();
    }
    flink.awaitJob(JOB);
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

  /** The one of a pair that works, as its last words say. */
  static Part working(List<Part> pair, String says) {
    return pair.stream()
        .filter(Part::isAlive)
        .filter(part -> part.printed().lastIndexOf(says) > part.printed().lastIndexOf("taken over"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("none of " + pair + " works"));
  }

  Part actingResponder() {
    return working(responders, "responder ");
  }

  Part workingNotifier() {
    return working(notifiers, "notifier with");
  }

  /** Gives all agents endpoints of which nobody has heard; their ids, in an order to take. */
  List<String> renew(int generation) throws Exception {
    for (int agent = 1; agent <= AGENTS; agent++) {
      stages.checks("agent" + agent, ids(generation, agent), endpoints.url());
      if (agents.get(agent - 1).isAlive()) {
        agents.get(agent - 1).hangUp();
      }
    }
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < PER_AGENT; i++) {
      for (int agent = 1; agent <= AGENTS; agent++) {
        taken.add(ids(generation, agent).get(i));
      }
    }
    return taken;
  }

  private static List<String> ids(int generation, int agent) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < PER_AGENT; i++) {
      ids.add("g%d-a%d-%d".formatted(generation, agent, i));
    }
    return ids;
  }

  private List<String> targets() {
    List<String> targets = new ArrayList<>();
    for (int generation = 0; generation < generations; generation++) {
      for (int agent = 1; agent <= AGENTS; agent++) {
        targets.addAll(ids(generation, agent));
      }
    }
    return targets;
  }

  /** Starts whatever does not run, as the supervisor of a host does. */
  void revive() throws Exception {
    for (Part part : parts()) {
      if (!part.isAlive()) {
        part.start();
      }
    }
  }

  /** All processes that are there to stay. */
  List<Part> parts() {
    List<Part> all = new ArrayList<>(brokers.controllers());
    all.addAll(brokers.brokers());
    all.add(registry.part());
    all.add(flink.zookeeper());
    all.addAll(flink.jobManagers());
    all.addAll(flink.taskManagers());
    all.addAll(streams);
    all.addAll(responders);
    all.addAll(notifiers);
    all.addAll(agents);
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
    List<Part> all = new ArrayList<>(parts());
    Collections.reverse(all);
    all.forEach(Part::close);
    endpoints.close();
    pager.close();
    hosts.close();
  }
}
