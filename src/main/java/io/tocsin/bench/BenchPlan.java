package io.tocsin.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What to measure.
 *
 * @param resources sizes of the fleet, one trial each
 * @param span how long each phase is to last
 * @param seed of the fleet
 * @param pacedRate samples per second of the paced phase; 0 for half of what was reached
 * @param engines what to measure
 * @param threads of the topologies, and of the copy
 * @param data everything is written below
 * @param registryDistribution the unpacked registry
 * @param profile where to put a flight recording of the streams; null for none
 * @param streamsJvm flags of the streams' Java machine
 * @param instances of the streams that share the work
 * @param coreLimit cores that each of them may have; 0 for all there are
 * @param prometheusResources no larger fleet is given to Prometheus
 */
public record BenchPlan(
    List<Integer> resources,
    Duration span,
    long seed,
    int pacedRate,
    Set<Engine> engines,
    int threads,
    Path data,
    Path registryDistribution,
    Path profile,
    List<String> streamsJvm,
    int instances,
    double coreLimit,
    int prometheusResources) {

  public BenchPlan {
    resources = List.copyOf(resources);
    engines = Set.copyOf(engines);
    streamsJvm = List.copyOf(streamsJvm);
  }

  /** Where to put the recording of a trial; a file for each, where there are several. */
  Path profileOf(int size) {
    return resources.size() == 1
        ? profile
        : profile.resolveSibling(size + "-" + profile.getFileName());
  }
}
