package io.tocsin.collectors.policy;

import java.time.Duration;
import java.util.List;

/**
 * Bounds on what an agent sends.
 *
 * @param maxFuture how far ahead of this machine's clock a record may claim to be
 * @param maxAge how old a record may claim to be; batches of other agents come late
 * @param maxSeries most series that are active at once, resources among them
 * @param seriesTtl a series that is not heard of for so long is no longer active
 * @param maxLabels most labels of one record
 * @param maxLabelName most characters of a label's name
 * @param maxLabelValue most bytes of a label's value, as UTF-8
 * @param maxLabelBytes most bytes of all labels of a record, as UTF-8
 * @param keepLabels globs of the names of labels that are kept; all if empty
 * @param dropLabels globs of the names of labels that are dropped
 * @param classification what may leave this machine of labels and texts
 */
public record PolicyConfig(
    Duration maxFuture,
    Duration maxAge,
    Integer maxSeries,
    Duration seriesTtl,
    Integer maxLabels,
    Integer maxLabelName,
    Integer maxLabelValue,
    Integer maxLabelBytes,
    List<String> keepLabels,
    List<String> dropLabels,
    ClassificationConfig classification) {

  /** What holds where nothing is configured. */
  public static final PolicyConfig DEFAULT =
      new PolicyConfig(null, null, null, null, null, null, null, null, null, null, null);

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a bound is out of range
   */
  public PolicyConfig {
    maxFuture = maxFuture == null ? Duration.ofSeconds(60) : maxFuture;
    maxAge = maxAge == null ? Duration.ofMinutes(10) : maxAge;
    maxSeries = maxSeries == null ? 50_000 : maxSeries;
    seriesTtl = seriesTtl == null ? Duration.ofHours(1) : seriesTtl;
    maxLabels = maxLabels == null ? 40 : maxLabels;
    maxLabelName = maxLabelName == null ? 128 : maxLabelName;
    maxLabelValue = maxLabelValue == null ? 1_024 : maxLabelValue;
    maxLabelBytes = maxLabelBytes == null ? 4_096 : maxLabelBytes;
    keepLabels = keepLabels == null ? List.of() : List.copyOf(keepLabels);
    dropLabels = dropLabels == null ? List.of() : List.copyOf(dropLabels);
    classification = classification == null ? ClassificationConfig.DEFAULT : classification;
    positive("max-future", maxFuture);
    positive("max-age", maxAge);
    positive("series-ttl", seriesTtl);
    within("max-series", maxSeries, 1, 1_000_000);
    within("max-labels", maxLabels, 1, 1_000);
    within("max-label-name", maxLabelName, 1, 1_024);
    within("max-label-value", maxLabelValue, 1, 65_536);
    within("max-label-bytes", maxLabelBytes, 1, 262_144);
  }

  /** The same with another classification. */
  public PolicyConfig classified(ClassificationConfig by) {
    return new PolicyConfig(
        maxFuture,
        maxAge,
        maxSeries,
        seriesTtl,
        maxLabels,
        maxLabelName,
        maxLabelValue,
        maxLabelBytes,
        keepLabels,
        dropLabels,
        by);
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("%s is %s: give it more than 0 s".formatted(name, value));
    }
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d: give it %d to %d".formatted(name, value, least, most));
    }
  }
}
