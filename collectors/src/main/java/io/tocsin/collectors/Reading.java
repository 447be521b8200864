package io.tocsin.collectors;

import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.SecurityEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What one pass of a collector found. Records lack their {@code origin}: only the agent knows how
 * many it has sent.
 *
 * @param samples figures read from resources
 * @param probes verdicts on endpoints
 * @param measurements figures of applications and business systems
 * @param events security events
 * @param problems parts that could not be read
 */
public record Reading(
    List<Sample.Builder> samples,
    List<Probe.Builder> probes,
    List<Measurement.Builder> measurements,
    List<SecurityEvent.Builder> events,
    List<Problem> problems) {

  public Reading {
    samples = List.copyOf(samples);
    probes = List.copyOf(probes);
    measurements = List.copyOf(measurements);
    events = List.copyOf(events);
    problems = List.copyOf(problems);
  }

  /** Nothing to report, which is no error. */
  public static Reading empty() {
    return builder().build();
  }

  /** One sample, and what could not be read of it. */
  public static Reading of(Sample.Builder sample, List<Problem> problems) {
    Builder reading = builder().add(sample);
    problems.forEach(reading::add);
    return reading.build();
  }

  /** One probe. */
  public static Reading of(Probe.Builder probe) {
    return builder().add(probe).build();
  }

  /** A reading that is put together piece by piece. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers what a pass finds. Not thread-safe. */
  public static final class Builder {

    private final List<Sample.Builder> samples = new ArrayList<>();
    private final List<Probe.Builder> probes = new ArrayList<>();
    private final List<Measurement.Builder> measurements = new ArrayList<>();
    private final List<SecurityEvent.Builder> events = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private Builder() {}

    /** Adds figures read from a resource. */
    public Builder add(Sample.Builder sample) {
      samples.add(sample);
      return this;
    }

    /** Adds a verdict on an endpoint. */
    public Builder add(Probe.Builder probe) {
      probes.add(probe);
      return this;
    }

    /** Adds a figure of an application or business system. */
    public Builder add(Measurement.Builder measurement) {
      measurements.add(measurement);
      return this;
    }

    /** Adds a security event. */
    public Builder add(SecurityEvent.Builder event) {
      events.add(event);
      return this;
    }

    /** Adds something that could not be read. */
    public Builder add(Problem problem) {
      problems.add(problem);
      return this;
    }

    /** What was gathered. */
    public Reading build() {
      return new Reading(samples, probes, measurements, events, problems);
    }
  }
}
