package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The containers that are alive: found again every few seconds, dropped as soon as they end. */
final class Population {

  /** With a dozen files each, enough for three hundred containers. */
  private static final int MOST_OPEN_FILES = 4_096;

  private final ContainerConfig config;
  private final KernelText text;
  private final LongSupplier nanoTime;
  private final OpenFiles openFiles = new OpenFiles(MOST_OPEN_FILES);
  private final Map<String, Container> byPath = new TreeMap<>();
  private final Map<String, Container> speakers = new HashMap<>();
  private Troubles troubles = new Troubles();
  private long searchedAt;
  private boolean due = true;

  Population(ContainerConfig config, KernelText text, LongSupplier nanoTime) {
    this.config = config;
    this.text = text;
    this.nanoTime = nanoTime;
  }

  Collection<Container> containers() {
    return byPath.values();
  }

  /** In nanoseconds of the collector's own clock. */
  long searchedAt() {
    return searchedAt;
  }

  /** Has the next pass search, because something has changed. */
  void hurry() {
    due = true;
  }

  /** What was wrong with the last search. */
  Troubles troubles() {
    return troubles;
  }

  /**
   * Searches if it is time.
   *
   * @return whether a container was found that was not known
   * @throws CollectorException if there are no control groups at all
   */
  boolean searchIfDue(BlockDevices devices) throws CollectorException {
    long now = nanoTime.getAsLong();
    if (!due && now - searchedAt < config.discoveryInterval().toNanos()) {
      return false;
    }
    CgroupRoot root = CgroupRoot.at(config.cgroup());
    searchedAt = now;
    due = false;
    troubles = new Troubles();
    devices.refresh();
    boolean anyNew = replace(CgroupTree.search(root, troubles), root, now);
    refreshAll();
    return anyNew;
  }

  private boolean replace(List<ContainerRef> found, CgroupRoot root, long now) {
    Set<String> paths = new HashSet<>();
    boolean anyNew = false;
    for (ContainerRef ref : found) {
      paths.add(ref.path());
      if (!byPath.containsKey(ref.path())) {
        byPath.put(ref.path(), new Container(ref, root.group(ref.path(), openFiles), now));
        anyNew = true;
      }
    }
    byPath.values().stream()
        .filter(one -> !paths.contains(one.ref().path()))
        .forEach(Container::close);
    byPath.keySet().retainAll(paths);
    speakers.values().retainAll(Set.copyOf(byPath.values()));
    return anyNew;
  }

  private void refreshAll() {
    Machine machine = Machine.read(config.proc(), config.sys(), text, troubles);
    Optional<String> machineNamespace = Namespace.ofMachine(config.proc());
    for (Container container : List.copyOf(byPath.values())) {
      try {
        container.refresh(machine, config.proc(), machineNamespace, text, troubles);
      } catch (GoneException ended) {
        drop(container);
      }
    }
  }

  /**
   * Whether a container that is reported speaks for its network namespace. Several may share one,
   * as those of a pod do: then the first one goes on speaking, so that sums count figures once.
   */
  boolean speaks(Container container) {
    String namespace = container.namespace();
    if (namespace == null) {
      return false;
    }
    Container speaker = speakers.get(namespace);
    if (speaker == null
        || !namespace.equals(speaker.namespace())
        || byPath.get(speaker.ref().path()) != speaker) {
      speakers.put(namespace, container);
      return true;
    }
    return speaker == container;
  }

  /** Drops one that has ended. */
  void drop(Container container) {
    container.close();
    byPath.remove(container.ref().path());
    due = true;
  }

  void close() {
    byPath.values().forEach(Container::close);
    byPath.clear();
  }
}
