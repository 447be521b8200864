package io.tocsin.capacity.forecast;

/**
 * How good forecasts of this series were when made in the past.
 *
 * @param meanAbsoluteError in the unit of the figure; NaN if nothing could be tested
 * @param meanPercentageError MAPE in percent, over steps where 1 or more was measured; NaN if there
 *     was none
 * @param coverage share of measured steps that were within the interval; NaN if nothing could be
 *     tested
 * @param origins times from which was forecast
 * @param steps measured steps that were compared
 */
public record Accuracy(
    double meanAbsoluteError,
    double meanPercentageError,
    double coverage,
    int origins,
    int steps) {}
