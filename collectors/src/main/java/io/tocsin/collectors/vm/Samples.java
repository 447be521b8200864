package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.StateSample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Makes samples out of statistics. */
final class Samples {

  private static final String HANGS = "its QEMU does not answer libvirt";
  private static final String NOT_ASKED = "runs as far as libvirt knows; it was not asked itself";

  private final VmConfig config;
  private final Inventory inventory;
  private final Predicate<DomainStats> hangs;
  private final Runs runs = new Runs();
  private Instant at;

  Samples(VmConfig config, Inventory inventory, Predicate<DomainStats> hangs) {
    this.config = config;
    this.inventory = inventory;
    this.hangs = hangs;
  }

  /** When what comes next was read. */
  void readAt(Instant now) {
    at = now;
  }

  /** Forgets all other domains. */
  void keep(Set<String> uuids) {
    runs.keep(uuids);
  }

  /**
   * The sample of one domain; empty where it is not reported on.
   *
   * @param details null where they are not known yet
   * @param statesOnly whether the domain was not asked itself
   */
  Optional<Sample.Builder> of(
      DomainStats domain, DomainDetails details, boolean statesOnly, List<Problem> problems) {
    boolean hanging = hangs.test(domain);
    if (hanging) {
      problems.add(new Problem(Reason.DEADLINE, domain.where(), HANGS));
    }
    if (!(verdict(domain, details, hanging, statesOnly) instanceof Verdict.Report report)) {
      runs.since(domain, at);
      return Optional.empty();
    }
    VmConfig.Service service = config.serviceOf(domain.name());
    Sample.Builder sample =
        Sample.newBuilder()
            .setResourceId(inventory.idOf(domain))
            .setKind(ResourceKind.VM)
            .setService(service.service())
            .setTier(service.tier())
            .setAt(at)
            .setState(report.sample());
    Instant since = runs.since(domain, at);
    sample.setBootedAt(since);
    sample.getState().setStartedAt(since);
    if (domain.active() && !statesOnly) {
      addFigures(sample, domain, details, hanging, problems);
    }
    return Optional.of(sample);
  }

  private static Verdict verdict(
      DomainStats domain, DomainDetails details, boolean hanging, boolean statesOnly) {
    if (hanging) {
      return new Verdict.Report(Health.UNKNOWN, DomainState.word(domain), HANGS);
    }
    Verdict verdict = DomainState.of(domain, details);
    return statesOnly && verdict instanceof Verdict.Report report && report.health() == Health.UP
        ? new Verdict.Report(Health.UNKNOWN, report.state(), NOT_ASKED)
        : verdict;
  }

  private void addFigures(
      Sample.Builder sample,
      DomainStats domain,
      DomainDetails details,
      boolean hanging,
      List<Problem> problems) {
    sample.setCpu(part(() -> Cpu.of(domain, details), problems));
    sample.setInterfaces(Interfaces.of(domain, problems));
    if (!domain.lacksMonitor()) {
      sample.setMemory(part(() -> Memory.of(domain, details, at, problems), problems));
      sample.setDisks(Disks.of(domain, problems));
    } else if (!hanging) {
      String what = "libvirt gives no memory and disk figures of it at present";
      problems.add(new Problem(Reason.MISSING, domain.where(), what));
    }
  }

  @FunctionalInterface
  private interface Part<T> {
    T read() throws CollectorException;
  }

  private static <T> T part(Part<T> part, List<Problem> problems) {
    try {
      return part.read();
    } catch (CollectorException notUsable) {
      problems.add(notUsable.problem());
      return null;
    }
  }

  /** The sample of a resource about which nothing could be learnt. */
  static Sample.Builder unknown(Resource vm, String why, Instant at) {
    return Sample.newBuilder()
        .setResourceId(vm.getId())
        .setKind(ResourceKind.VM)
        .setService(vm.getService())
        .setTier(vm.getTier())
        .setAt(at)
        .setState(
            StateSample.newBuilder()
                .setHealth(Health.UNKNOWN)
                .setState("unknown")
                .setEvidence(why)
                .build());
  }
}
