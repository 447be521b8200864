package io.tocsin.collectors.container;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.host.HostName;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.StateSample;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The containers of a machine, one {@link Sample} each and pass: CPU, memory, disks, pressure and
 * tasks from their control groups, the network from their namespaces, the state from Docker or the
 * kubelet. One that should run and does not is reported with its state alone. Engines that hang
 * cost names and states, never figures.
 */
public final class ContainerCollector implements Collector {

  private final ContainerConfig config;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final KernelText text = new KernelText();
  private final BlockDevices devices;
  private final StartTime startTime;
  private final Population population;
  private final Engines managers;
  private final ResourceNames names;
  private final Inventory inventory;
  private final Unseen unseen = new Unseen();

  /**
   * A collector of what is below the roots that the configuration names.
   *
   * @param nanoTime a clock such as {@link System#nanoTime}, for how old answers are
   */
  public ContainerCollector(ContainerConfig config, Clock clock, LongSupplier nanoTime) {
    this.config = config;
    this.clock = clock;
    this.nanoTime = nanoTime;
    String host = config.host() == null ? HostName.read(config.proc()) : config.host();
    this.devices = new BlockDevices(config.sys());
    this.startTime = new StartTime(config.proc());
    this.population = new Population(config, text, nanoTime);
    this.managers = Engines.of(config, nanoTime);
    this.names = new ResourceNames(host);
    this.inventory = new Inventory(host, config.interval(), clock);
  }

  @Override
  public String name() {
    return "container";
  }

  @Override
  public Duration interval() {
    return config.interval();
  }

  @Override
  public List<Resource> resources() {
    return inventory.resources();
  }

  /** Begins to ask for names, and gives them a moment to come. */
  @Override
  public void open() throws CollectorException, InterruptedException {
    population.searchIfDue(devices);
    managers.start();
    managers.awaitFirst(config.interval().dividedBy(2));
    collect();
  }

  @Override
  public Reading collect() throws CollectorException {
    if (population.searchIfDue(devices)) {
      managers.hurry();
    }
    Troubles troubles = new Troubles();
    population.troubles().all().forEach(troubles::add);
    managers.listen(population.containers(), troubles);
    List<Naming.Named> listed = managers.all();
    forgetOthers(listed);

    Pass pass = new Pass(clock.instant(), config.service(), names);
    Set<String> alive = new HashSet<>();
    for (Container container : List.copyOf(population.containers())) {
      try {
        add(container, pass, troubles);
        alive.add(container.ref().id());
      } catch (GoneException ended) {
        population.drop(container);
        managers.hurry();
      }
    }
    addWithoutFigures(listed, alive, pass, troubles);
    inventory.set(pass.reported());
    return pass.reading(troubles);
  }

  private void forgetOthers(List<Naming.Named> listed) {
    Set<String> known = new HashSet<>();
    listed.forEach(one -> known.add(one.container().id()));
    unseen.keep(known);
    population.containers().forEach(one -> known.add(one.ref().id()));
    names.keep(known);
  }

  private void add(Container container, Pass pass, Troubles troubles) throws GoneException {
    Naming naming = managers.naming(container);
    Inventory.Entry entry;
    StateSample state = null;
    Instant startedAt = null;
    if (naming instanceof Naming.Named named) {
      container.setNamed();
      entry = pass.named(named.container());
      state = state(named);
      startedAt = named.recent() ? named.container().condition().startedAt() : null;
    } else if (naming instanceof Naming.Nameless) {
      entry = pass.nameless(container.ref());
    } else {
      return;
    }
    Sample.Builder sample = pass.sample(entry, state);
    container.read(sample, population.speaks(container), devices, text, troubles);
    sample.setBootedAt(container.startedAt(startedAt, startTime, text));
    pass.add(entry, sample);
  }

  /** The state of one that has processes. */
  private static StateSample state(Naming.Named named) {
    Condition condition = named.container().condition();
    if (named.stale()) {
      return unheard(named);
    }
    if (!named.recent()) {
      return null;
    }
    return condition.alive()
        ? condition.sample()
        : condition
            .unknown(
                "%s calls it %s, yet it has processes"
                    .formatted(named.manager(), condition.state()))
            .sample();
  }

  private static StateSample unheard(Naming.Named named) {
    return named
        .container()
        .condition()
        .unknown(named.manager() + " has not answered for a while")
        .sample();
  }

  /** Those that should run and do not, and those that run where they cannot be seen. */
  private void addWithoutFigures(
      List<Naming.Named> listed, Set<String> alive, Pass pass, Troubles troubles) {
    for (Naming.Named named : listed) {
      Condition condition = named.container().condition();
      String id = named.container().id();
      if (alive.contains(id) || !condition.wanted()) {
        continue;
      }
      if (condition.alive() && !isHidden(id, troubles)) {
        continue;
      }
      Inventory.Entry entry = pass.named(named.container());
      pass.add(entry, pass.sample(entry, named.stale() ? unheard(named) : condition.sample()));
    }
  }

  private boolean isHidden(String id, Troubles troubles) {
    if (unseen.isNew(id)) {
      population.hurry();
    }
    if (!unseen.isForGood(id, nanoTime.getAsLong())) {
      return false;
    }
    troubles.add(
        new Problem(
            Reason.MISSING,
            config.cgroup().toString(),
            "has no control groups of some containers that run, so they have no figures; does the"
                + " agent see the machine's own control groups?"));
    return true;
  }

  /** Ends its threads and closes its files. */
  @Override
  public void close() {
    managers.close();
    population.close();
  }
}
