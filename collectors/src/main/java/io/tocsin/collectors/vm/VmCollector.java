package io.tocsin.collectors.vm;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.host.HostName;
import io.tocsin.schemas.Resource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The virtual machines of one hypervisor: one {@link io.tocsin.schemas.Sample} per domain and pass
 * with CPU, memory, disks, interfaces and state. A domain that does not answer its hypervisor is
 * reported UNKNOWN with what is known without it, and the others are on time. When libvirt itself
 * does not answer, every domain that was known is reported UNKNOWN with nothing else. A domain that
 * is shut off is reported only if it should run (see {@link DomainState}).
 */
public final class VmCollector implements Collector {

  private static final int MOST_DOMAINS = 10_000;

  private final VmConfig config;
  private final Questioner questioner;
  private final DetailsCache details;
  private final Inventory inventory;
  private final Samples samples;
  private final Clock clock;

  /** A collector of the domains of the hypervisor that the configuration names. */
  public VmCollector(VmConfig config, Clock clock) {
    this(
        config,
        new LibvirtHypervisor(config.uri(), !config.allowStatsPeriod()),
        clock,
        System::nanoTime);
  }

  VmCollector(VmConfig config, Hypervisor hypervisor, Clock clock, LongSupplier ticker) {
    this.config = config;
    this.clock = clock;
    String host = config.host() == null ? HostName.read(Path.of("/proc")) : config.host();
    this.questioner = new Questioner(config.uri(), hypervisor, share(60), ticker);
    this.details = new DetailsCache(config.uri(), hypervisor, config.allowStatsPeriod(), ticker);
    this.inventory = new Inventory(config, host, clock);
    this.samples = new Samples(config, inventory, questioner::hangs);
  }

  private Duration share(int percent) {
    return config.deadline().multipliedBy(percent).dividedBy(100);
  }

  @Override
  public String name() {
    return "vm";
  }

  @Override
  public Duration interval() {
    return config.interval();
  }

  @Override
  public Duration deadline() {
    return config.deadline();
  }

  @Override
  public List<Resource> resources() {
    return inventory.resources();
  }

  @Override
  public void open() throws CollectorException, InterruptedException {
    questioner.connect();
  }

  @Override
  public Reading collect() throws CollectorException, InterruptedException {
    long end = System.nanoTime() + share(85).toNanos();
    Answer answer = questioner.ask();
    if (answer instanceof Answer.Lost lost) {
      return unknown(lost.why());
    }
    if (answer instanceof Answer.Silence silence) {
      return unknown(silence.why());
    }
    List<Problem> problems = new ArrayList<>();
    List<DomainStats> domains;
    boolean statesOnly = false;
    if (answer instanceof Answer.StatesOnly states) {
      statesOnly = true;
      problems.add(states.why());
      domains = bounded(states.domains(), problems);
    } else {
      domains = bounded(((Answer.Everything) answer).domains(), problems);
    }
    samples.readAt(clock.instant());
    List<DomainStats> askable =
        domains.stream().filter(domain -> !questioner.hangs(domain)).toList();
    details.refresh(askable, end - System.nanoTime(), problems);
    return reading(domains, statesOnly, problems);
  }

  private Reading reading(List<DomainStats> domains, boolean statesOnly, List<Problem> problems) {
    Reading.Builder reading = Reading.builder();
    List<DomainStats> reported = new ArrayList<>(domains.size());
    for (DomainStats domain : domains) {
      details.addProblem(domain, problems);
      samples
          .of(domain, details.of(domain), statesOnly, problems)
          .ifPresent(
              sample -> {
                reading.add(sample);
                reported.add(domain);
              });
    }
    Set<String> uuids = domains.stream().map(DomainStats::uuid).collect(Collectors.toSet());
    details.keep(uuids);
    samples.keep(uuids);
    inventory.replace(reported, details);
    problems.forEach(reading::add);
    return reading.build();
  }

  private List<DomainStats> bounded(List<DomainStats> domains, List<Problem> problems) {
    if (domains.size() <= MOST_DOMAINS) {
      return domains;
    }
    String what = "there are over " + MOST_DOMAINS + " domains; the rest is left out";
    problems.add(new Problem(Reason.OVER_LIMIT, config.uri(), what));
    return domains.subList(0, MOST_DOMAINS);
  }

  /** Every domain that was known, when nothing could be read. */
  private Reading unknown(Problem why) throws CollectorException {
    if (inventory.resources().isEmpty()) {
      throw new CollectorException(why);
    }
    Reading.Builder reading = Reading.builder().add(why);
    inventory
        .resources()
        .forEach(vm -> reading.add(Samples.unknown(vm, why.what(), clock.instant())));
    return reading.build();
  }

  /** Does not wait. A connection that a call hangs on is closed when that call ends. */
  @Override
  public void close() {
    questioner.close();
    details.close();
  }
}
