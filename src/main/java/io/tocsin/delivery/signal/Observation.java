package io.tocsin.delivery.signal;

import java.time.Instant;
import java.util.Map;

/**
 * One look at everything.
 *
 * @param at when
 * @param instances what each instance of the plan said, by its name
 * @param pipeline what the API said of the pipeline as a whole
 */
public record Observation(
    Instant at, Map<String, InstanceReading> instances, PipelineReading pipeline) {

  public Observation {
    instances = Map.copyOf(instances);
  }
}
