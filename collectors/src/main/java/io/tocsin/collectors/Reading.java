package io.tocsin.collectors;

import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Sample;
import java.util.List;

/**
 * What one pass of a collector found. Samples and probes lack their {@code origin}: only the agent
 * knows how many records it has sent.
 *
 * @param samples figures read from resources
 * @param probes verdicts on endpoints
 * @param problems parts that could not be read
 */
public record Reading(
    List<Sample.Builder> samples, List<Probe.Builder> probes, List<Problem> problems) {

  public Reading {
    samples = List.copyOf(samples);
    probes = List.copyOf(probes);
    problems = List.copyOf(problems);
  }

  /** Nothing to report, which is no error. */
  public static Reading empty() {
    return new Reading(List.of(), List.of(), List.of());
  }

  /** One sample, and what could not be read of it. */
  public static Reading of(Sample.Builder sample, List<Problem> problems) {
    return new Reading(List.of(sample), List.of(), problems);
  }

  /** One probe. */
  public static Reading of(Probe.Builder probe) {
    return new Reading(List.of(), List.of(probe), List.of());
  }
}
