package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.schemas.DiskSample;
import io.tocsin.schemas.Sample;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A container for as long as its control group lives. */
final class Container {

  private final ContainerRef ref;
  private final Cgroup group;
  private final long foundAt;
  private Limits limits;
  private long process;
  private String namespace;
  private NetworkFigures network;
  private boolean named;
  private boolean started;
  private Instant startedAt;

  /**
   * One that was just found.
   *
   * @param foundAt in nanoseconds of the collector's own clock
   */
  Container(ContainerRef ref, Cgroup group, long foundAt) {
    this.ref = ref;
    this.group = group;
    this.foundAt = foundAt;
  }

  ContainerRef ref() {
    return ref;
  }

  long foundAt() {
    return foundAt;
  }

  /** Whether its manager has ever described it. */
  boolean wasNamed() {
    return named;
  }

  void setNamed() {
    named = true;
  }

  /** Its network namespace; null if it is the machine's, or cannot be seen. */
  String namespace() {
    return namespace;
  }

  /** Reads what seldom changes. */
  void refresh(
      Machine machine,
      Path proc,
      Optional<String> machineNamespace,
      KernelText text,
      Troubles troubles)
      throws GoneException {
    limits = group.limits(machine, text, troubles);
    try {
      process = group.process(text);
    } catch (CollectorException failure) {
      process = 0;
      trouble(failure, troubles);
    }
    if (process == FirstProcess.HIDDEN) {
      troubles.add(
          new CollectorException(
              Reason.MISSING,
              ref.path(),
              "its processes are hidden from here, so its network cannot be read; run the agent in"
                  + " the machine's own process namespace"));
    }
    namespace =
        process <= 0
            ? null
            : Namespace.of(proc, Long.toString(process))
                .filter(its -> !Optional.of(its).equals(machineNamespace))
                .orElse(null);
    network = namespace == null ? null : new NetworkFigures(proc, process);
  }

  /**
   * When it started: what its manager said when it was reported first, else the kernel's word on
   * its first process. That stays, because a change would mean that all counters began anew.
   */
  Instant startedAt(Instant byManager, StartTime kernel, KernelText text) throws GoneException {
    if (!started) {
      startedAt = byManager != null ? byManager : process > 0 ? kernel.of(process, text) : null;
      started = true;
    }
    return startedAt;
  }

  /** Adds all figures to a sample, those of the network only if it {@code speaks} for it. */
  void read(
      Sample.Builder sample,
      boolean speaks,
      BlockDevices devices,
      KernelText text,
      Troubles troubles)
      throws GoneException {
    if (!group.isThere()) {
      throw new GoneException();
    }
    if (limits.knowsCores()) {
      sample.setCpu(part(() -> group.cpu(limits, text), troubles));
    }
    if (limits.knowsMemory()) {
      sample.setMemory(part(() -> group.memory(limits, text), troubles));
    }
    sample.setTasks(part(() -> group.tasks(limits, text), troubles));
    List<DiskSample> disks = part(() -> group.disks(devices, text, troubles), troubles);
    sample.setDisks(Objects.requireNonNullElse(disks, List.of()));
    sample.setPressure(part(() -> group.pressure(text), troubles));
    // Its process may have ended since; another is looked for at the next refresh.
    if (network != null && speaks && !network.addTo(sample, text, troubles)) {
      network = null;
    }
  }

  @FunctionalInterface
  private interface Part<T> {
    T read() throws CollectorException, GoneException;
  }

  private <T> T part(Part<T> part, Troubles troubles) throws GoneException {
    try {
      return part.read();
    } catch (CollectorException failure) {
      trouble(failure, troubles);
      return null;
    }
  }

  /** A file that is missing because the whole group is, is no problem. */
  private void trouble(CollectorException failure, Troubles troubles) throws GoneException {
    if (failure.problem().reason() == Reason.MISSING && !group.isThere()) {
      throw new GoneException();
    }
    troubles.add(failure);
  }

  void close() {
    group.close();
  }
}
