package io.tocsin.sizing;

import java.util.List;

/**
 * What a demand comes to.
 *
 * @param demand the question
 * @param samplesPerSecond that arrive
 * @param pointsPerSecond numbers in them
 * @param partitions of each topic of what is measured
 * @param stages what each stage needs
 * @param limits what gives way first, in that order
 * @param figures what was calculated with
 */
public record Plan(
    Demand demand,
    double samplesPerSecond,
    double pointsPerSecond,
    int partitions,
    List<StageNeed> stages,
    List<Limit> limits,
    Figures figures) {

  /** Copies what it is given. */
  public Plan {
    stages = List.copyOf(stages);
    limits = List.copyOf(limits);
  }
}
