package io.tocsin.streams.bottleneck;

/**
 * What a bottleneck is, and what is advised against it.
 *
 * @param thresholds for whom which thresholds hold
 * @param catalogue what may be tried
 */
public record BottleneckSettings(ThresholdRules thresholds, TuningCatalogue catalogue) {

  /** The mission's thresholds for all, and the catalogue that comes with the program. */
  public static BottleneckSettings defaults() {
    return new BottleneckSettings(ThresholdRules.defaults(), TuningCatalogue.builtIn());
  }
}
