package io.tocsin.sizing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be watched, and how carefully.
 *
 * @param resources hosts, VMs and containers together, each with its sample
 * @param hosts machines with an agent
 * @param interval between two samples of one
 * @param retention how long the topics of what is measured keep it, for replays and stages that
 *     were away
 * @param copies of each record on brokers
 * @param standbys warm copies of each state of the streams
 * @param cores of a machine that a stage runs on
 * @param use share of a core that is planned with; the rest is for the next instance's work when it
 *     dies, and for catching up
 */
public record Demand(
    long resources,
    long hosts,
    Duration interval,
    Duration retention,
    int copies,
    int standbys,
    int cores,
    double use) {

  /**
   * Checks all of it.
   *
   * @throws IllegalArgumentException with a line for each thing that cannot be
   */
  public Demand {
    List<String> problems = new ArrayList<>();
    if (resources < 1 || resources > 100_000_000) {
      problems.add("--resources: has to be from 1 to 100000000");
    }
    if (hosts < 1 || hosts > resources) {
      problems.add("--hosts: has to be from 1 to the number of resources");
    }
    if (interval.toMillis() < 100 || interval.compareTo(Duration.ofHours(1)) > 0) {
      problems.add("--interval: has to be from 100ms to 1h");
    }
    if (retention.compareTo(Duration.ofMinutes(10)) < 0
        || retention.compareTo(Duration.ofDays(400)) > 0) {
      problems.add("--retention: has to be from 10m to 400d");
    }
    if (copies < 1 || copies > 9) {
      problems.add("--copies: has to be from 1 to 9");
    }
    if (standbys < 0 || standbys > 8) {
      problems.add("--standbys: has to be from 0 to 8");
    }
    if (cores < 1 || cores > 512) {
      problems.add("--cores: has to be from 1 to 512");
    }
    if (!(use > 0) || use > 1) {
      problems.add("--use: has to be above 0 and at most 1");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
    }
  }

  /** The same for another number of resources, as dense on their hosts. */
  Demand of(long number) {
    long machines = Math.max(1, Math.round((double) hosts * number / resources));
    return new Demand(number, machines, interval, retention, copies, standbys, cores, use);
  }

  /** Samples a second. */
  double samplesPerSecond() {
    return resources * 1000.0 / interval.toMillis();
  }
}
