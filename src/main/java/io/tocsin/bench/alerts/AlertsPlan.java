package io.tocsin.bench.alerts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What to measure of alerting.
 *
 * @param resources size of the fleet
 * @param rules numbers of rules, one trial each
 * @param warmUp how long it runs before what breaks counts
 * @param span how long what breaks counts
 * @param seed of the fleet, and of what breaks when
 * @param engines what to measure
 * @param threads of the topologies
 * @param data everything is written below
 * @param registryDistribution the unpacked registry
 * @param profiles directory for flight recordings of alerting and streams; null for none
 * @param streamsJvm flags of the streams' Java machine
 * @param alertingJvm flags of alerting's
 */
public record AlertsPlan(
    int resources,
    List<Integer> rules,
    Duration warmUp,
    Duration span,
    long seed,
    Set<Engine> engines,
    int threads,
    Path data,
    Path registryDistribution,
    Path profiles,
    List<String> streamsJvm,
    List<String> alertingJvm) {

  /** Who alerts. */
  public enum Engine {
    /** This program: broker, streams and alerting, each in a process. */
    TOCSIN,
    /** Prometheus and its Alertmanager, where they are installed. */
    PROMETHEUS
  }

  /** Copies what it is given. */
  public AlertsPlan {
    rules = List.copyOf(rules);
    engines = Set.copyOf(engines);
    streamsJvm = List.copyOf(streamsJvm);
    alertingJvm = List.copyOf(alertingJvm);
  }

  Duration whole() {
    return warmUp.plus(span);
  }

  /** Whether a breach is late enough to count, and early enough to be seen. */
  boolean counts(Breach breach) {
    return breach.fromMs() >= warmUp.toMillis()
        && breach.fromMs() < whole().minus(SETTLING).toMillis();
  }

  /** What breaks at the very end may not have been reported when the feed ends. */
  private static final Duration SETTLING = Duration.ofSeconds(2);
}
