package io.tocsin.alerting.evaluate;

import java.util.List;

/**
 * A sequence that was found.
 *
 * @param series what was said of it
 * @param alertIds its steps
 */
public record SequenceState(SeriesState series, List<String> alertIds) {}
