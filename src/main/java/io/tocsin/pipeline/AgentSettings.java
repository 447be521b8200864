package io.tocsin.pipeline;

import io.tocsin.collectors.agent.AgentConfig;
import io.tocsin.collectors.agent.Configured;
import io.tocsin.collectors.app.AppCollectors;
import io.tocsin.collectors.container.ContainerCollector;
import io.tocsin.collectors.container.ContainerConfig;
import io.tocsin.collectors.health.HealthCheck;
import io.tocsin.collectors.health.HealthCheckConfig;
import io.tocsin.collectors.health.HealthChecks;
import io.tocsin.collectors.host.HostCollector;
import io.tocsin.collectors.host.HostConfig;
import io.tocsin.collectors.host.HostName;
import io.tocsin.collectors.network.NetworkCollectors;
import io.tocsin.collectors.network.NetworkConfig;
import io.tocsin.collectors.network.NetworkPath;
import io.tocsin.collectors.security.SecurityCollectors;
import io.tocsin.collectors.spool.SpoolConfig;
import io.tocsin.collectors.vm.VmCollector;
import io.tocsin.collectors.vm.VmConfig;
import io.tocsin.config.Config;
import io.tocsin.schemas.Tier;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the agent is told, out of the configuration file. All collectors agree on the host's name.
 */
public final class AgentSettings {

  private static final String SPOOL = "agent/spool";

  private final Config config;
  private final Clock clock;
  private final String host;

  private AgentSettings(Config config, Clock clock) {
    this.config = config;
    this.clock = clock;
    HostConfig machine = config.collectors().host();
    this.host =
        machine.name() != null
            ? machine.name()
            : config.agent().id() != null ? config.agent().id() : HostName.read(machine.proc());
  }

  /**
   * For an agent beside its broker, which keeps in memory what is not sent yet unless a spool is
   * asked for, or others send to it.
   *
   * @throws IllegalArgumentException in the words of the collector that cannot use its block
   */
  static AgentConfig beside(Config config, Clock clock) {
    AgentSettings settings = new AgentSettings(config, clock);
    boolean spools = config.agent().spool() != null || settings.receives();
    return settings.agent(spools ? settings.spool() : null);
  }

  /**
   * Whether others send to us. They are told that their figures were taken, up to 50,000 at once,
   * which is more than is kept in memory.
   */
  private boolean receives() {
    return config.collectors().app() != null && config.collectors().app().receiver() != null;
  }

  /** For an agent alone, whose broker may be away: it always has a spool. */
  public static AgentConfig alone(Config config, Clock clock) {
    AgentSettings settings = new AgentSettings(config, clock);
    return settings.agent(settings.spool());
  }

  private AgentConfig agent(SpoolConfig spool) {
    String id = Objects.requireNonNullElse(config.agent().id(), host);
    return new AgentConfig(id, collectors(), spool, config.agent().policies());
  }

  private SpoolConfig spool() {
    Path usual = config.dataDir().resolve(SPOOL);
    Config.Spool spool = config.agent().spool();
    return spool == null
        ? SpoolConfig.in(usual)
        : new SpoolConfig(
            Objects.requireNonNullElse(spool.directory(), usual),
            spool.maxMib(),
            spool.segmentMib(),
            spool.syncInterval());
  }

  /** Each path and each check stands alone, so that a reload leaves the others running. */
  private List<Configured> collectors() {
    Config.Collectors blocks = config.collectors();
    List<Configured> all = new ArrayList<>();
    if (!blocks.hostOff()) {
      HostConfig machine = blocks.host().named(host);
      all.add(Configured.one("host", machine, () -> new HostCollector(machine, clock)));
    }
    if (blocks.container() != null) {
      ContainerConfig containers = blocks.container().on(host);
      all.add(
          Configured.one(
              "container",
              containers,
              () -> new ContainerCollector(containers, clock, System::nanoTime)));
    }
    if (blocks.vm() != null) {
      VmConfig machines = blocks.vm().on(host);
      all.add(Configured.one("vm", machines, () -> new VmCollector(machines, clock)));
    }
    if (blocks.network() != null) {
      NetworkConfig network = blocks.network();
      for (NetworkPath path : network.paths()) {
        NetworkConfig one = new NetworkConfig(network.from(), List.of(path));
        all.add(
            new Configured(
                "network/" + path.id(), one, () -> NetworkCollectors.collectors(one, host, clock)));
      }
    }
    if (blocks.app() != null) {
      all.add(
          new Configured("app", blocks.app(), () -> AppCollectors.collectors(blocks.app(), clock)));
    }
    if (blocks.security() != null) {
      all.add(
          new Configured(
              "security",
              blocks.security(),
              () -> SecurityCollectors.of(blocks.security(), host, clock)));
    }
    HealthChecks checks = new HealthChecks(clock);
    Map<String, Tier> tiers = tiers();
    for (HealthCheckConfig written : config.checks()) {
      HealthCheck check = tiered(written.check(), tiers);
      all.add(Configured.one("health/" + check.id(), check, () -> checks.collector(check)));
    }
    return all;
  }

  /** What the checks of a service say of it; those that say nothing mean the same. */
  private Map<String, Tier> tiers() {
    Map<String, Tier> tiers = new HashMap<>();
    for (HealthCheckConfig written : config.checks()) {
      HealthCheck check = written.check();
      if (check.service() != null && check.tier() != Tier.UNSPECIFIED) {
        tiers.put(check.service(), check.tier());
      }
    }
    return tiers;
  }

  private static HealthCheck tiered(HealthCheck check, Map<String, Tier> tiers) {
    return new HealthCheck(
        check.id(),
        check.service(),
        tiers.getOrDefault(check.service(), check.tier()),
        check.target(),
        check.interval(),
        check.timeout(),
        check.retries(),
        check.retryDelay(),
        check.rise(),
        check.fall());
  }
}
