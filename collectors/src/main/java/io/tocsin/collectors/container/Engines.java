package io.tocsin.collectors.container;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.docker.DockerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/** Those who know the names of containers: Docker and the kubelet, as far as there are any. */
final class Engines implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** After this a container is reported without a name, so that a hanging engine hides none. */
  private static final long LONGEST_WAIT = Duration.ofSeconds(10).toNanos();

  private record Source(Refresher.Engine engine, Refresher refresher) {}

  private record Heard(Source source, Refresher.View view) {}

  private final Source docker;
  private final Source kubelet;
  private final LongSupplier nanoTime;
  private Heard dockerSays;
  private Heard kubeletSays;

  /** Those a configuration names. */
  static Engines of(ContainerConfig config, LongSupplier nanoTime) {
    LabelRules labels = new LabelRules(config.labels(), config.service());
    Source docker =
        !config.docker()
            ? null
            : source(
                new DockerDaemon(new DockerSocket(config.dockerSocket()), labels),
                config.dockerInterval(),
                nanoTime);
    Source kubelet =
        config.kubelet() == null
            ? null
            : source(
                new Kubelet(config.kubelet(), PATIENCE, labels),
                config.kubelet().interval(),
                nanoTime);
    return new Engines(docker, kubelet, nanoTime);
  }

  private static Source source(Refresher.Engine engine, Duration interval, LongSupplier nanoTime) {
    return new Source(engine, new Refresher(engine, interval, PATIENCE, nanoTime));
  }

  private Engines(Source docker, Source kubelet, LongSupplier nanoTime) {
    this.docker = docker;
    this.kubelet = kubelet;
    this.nanoTime = nanoTime;
  }

  private List<Source> sources() {
    List<Source> sources = new ArrayList<>(2);
    if (docker != null) {
      sources.add(docker);
    }
    if (kubelet != null) {
      sources.add(kubelet);
    }
    return sources;
  }

  void start() {
    sources().forEach(source -> source.refresher().start());
  }

  void awaitFirst(Duration atMost) throws InterruptedException {
    for (Source source : sources()) {
      source.refresher().awaitFirst(atMost);
    }
  }

  /** Has them asked out of turn, because containers have come or gone. */
  void hurry() {
    sources().forEach(source -> source.refresher().hurry());
  }

  /** Takes in what they say now; it holds until the next call. */
  void listen(Collection<Container> containers, Troubles troubles) {
    dockerSays = docker == null ? null : new Heard(docker, docker.refresher().look());
    kubeletSays = kubelet == null ? null : new Heard(kubelet, kubelet.refresher().look());
    if (dockerSays != null) {
      boolean needed =
          containers.stream().anyMatch(container -> responsible(container.ref()) == dockerSays);
      for (Problem problem : dockerSays.view().problems()) {
        // A machine that has no Docker and no containers of it lacks nothing.
        if (needed || problem.reason() != Reason.MISSING) {
          troubles.add(problem);
        }
      }
    }
    if (kubeletSays != null) {
      kubeletSays.view().problems().forEach(troubles::add);
    }
  }

  private Heard responsible(ContainerRef ref) {
    if (ref.podUid() != null && kubeletSays != null) {
      return kubeletSays;
    }
    boolean dockers = ref.runtime().equals("docker") || ref.runtime().equals("unknown");
    return dockers ? dockerSays : null;
  }

  /** What is known of a container's name. */
  Naming naming(Container container) {
    Heard heard = responsible(container.ref());
    if (heard == null) {
      return new Naming.Nameless();
    }
    Roster roster = heard.view().roster();
    boolean recent = roster != null && roster.askedAt() - container.foundAt() > 0;
    boolean waited = nanoTime.getAsLong() - container.foundAt() > LONGEST_WAIT;
    if (!recent && !waited) {
      return new Naming.NotYet();
    }
    Described its = roster == null ? null : roster.containers().get(container.ref().id());
    if (its != null) {
      return new Naming.Named(its, recent, heard.view().stale(), heard.source().engine().name());
    }
    boolean podIsKnown = recent && roster.pods().contains(String.valueOf(container.ref().podUid()));
    return podIsKnown || container.wasNamed() && recent
        ? new Naming.NotCounted()
        : new Naming.Nameless();
  }

  /** All that they list; those of a engine that has not been heard for long are stale. */
  List<Naming.Named> all() {
    List<Naming.Named> all = new ArrayList<>();
    for (Heard heard : new Heard[] {dockerSays, kubeletSays}) {
      if (heard != null && heard.view().roster() != null) {
        for (Described its : heard.view().roster().containers().values()) {
          all.add(
              new Naming.Named(its, true, heard.view().stale(), heard.source().engine().name()));
        }
      }
    }
    return all;
  }

  @Override
  public void close() {
    sources().forEach(source -> source.refresher().close());
  }
}
